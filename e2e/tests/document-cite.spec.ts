import { expect, test } from "./support/test.ts";

const shown = (id: string) => `/get-one/by-docid/?docid=${encodeURIComponent(id)}`;

test("every download arrives", async ({ page, request }) => {
  await page.goto("/get-one/by-docid/?docid=RFC+9000");
  const links = page.getByRole("list", { name: "Download" }).getByRole("link");
  expect(await links.count()).toBeGreaterThan(1);
  for (const link of await links.all()) {
    const response = await request.get((await link.getAttribute("href"))!);
    expect(response.status(), await link.innerText()).toBe(200);
    expect(response.headers()["content-disposition"]).toContain("attachment");
    expect(await response.text()).toContain("QUIC: A UDP-Based Multiplexed and Secure Transport");
  }
});

test("the download of each format is what its tab shows", async ({ page, request }) => {
  await page.goto(shown("BCP 14"));
  for (const [tab, label] of [
    ["BibXML", "BibXML"],
    ["kramdown-rfc", "kramdown-rfc"],
    ["Plain text", "Plain text"],
  ] as const) {
    await page.getByRole("tab", { name: tab }).click();
    const text = await page.getByRole("tabpanel", { name: tab }).locator("pre").last().textContent();
    const link = page.getByRole("list", { name: "Download" }).getByRole("link", { name: label, exact: true });
    const answer = await request.get((await link.getAttribute("href"))!);
    expect(await answer.text(), tab).toBe(text);
  }
});

test("kramdown-rfc is told the key of what it fetches, and everything else in full", async ({ page }) => {
  await page.goto(shown("W3C REC-xml-20081126"));
  await page.getByRole("tab", { name: "kramdown-rfc" }).click();
  const panel = page.getByRole("tabpanel", { name: "kramdown-rfc" });
  await expect(panel.locator("pre").first()).toHaveText("W3C.REC-xml-20081126:");
  await expect(panel.locator("pre").last()).toContainText("title: Extensible Markup Language (XML) 1.0 (Fifth Edition)");

  await page.goto(shown("SAMPLE markup"));
  await expect(panel.getByText("kramdown-rfc cannot fetch this document itself")).toBeVisible();
  await expect(panel.locator("pre")).toHaveCount(1);
});

test("the way that was chosen last is chosen on the next page", async ({ page }) => {
  await page.goto(shown("RFC 9000"));
  await expect(page.getByRole("tab", { selected: true })).toHaveText("xi:include");
  await page.getByRole("tab", { name: "Plain text" }).click();
  await page.goto(shown("RFC 9001"));
  await expect(page.getByRole("tab", { selected: true })).toHaveText("Plain text");
  await expect(page.getByRole("tabpanel")).toContainText('Thomson, M., Ed. and S. Turner, Ed., "Using TLS to Secure QUIC"');
});

test("an address leads to a way to cite", async ({ page }) => {
  await page.goto(`${shown("RFC 9000")}#cite-bibxml`);
  await expect(page.getByRole("tab", { selected: true })).toHaveText("BibXML");
});

test("old paths that the archive maps to a document are listed, and lead to it", async ({ page, request }) => {
  await page.goto(shown("RFC 2119"));
  await page.getByText(/^\d+ xml2rfc paths lead here$/).click();
  const paths = page.getByRole("region", { name: "Cite", exact: true }).getByRole("link", { name: /^\/public\/rfc\// });
  await expect(paths.filter({ hasText: "bibxml2/reference.LEGACY.KEYWORDS.xml" })).toBeVisible();
  for (const path of await paths.all()) {
    expect(await (await request.get((await path.getAttribute("href"))!)).text()).toContain("Key words for use in RFCs");
  }
});

test("everything is printed, whatever is in view", async ({ page }) => {
  await page.goto(shown("RFC 2246"));
  await page.emulateMedia({ media: "print" });
  for (const heading of ["xi:include", "BibXML", "kramdown-rfc", "Plain text"]) {
    await expect(page.getByRole("heading", { level: 3, name: heading })).toBeVisible();
  }
  await expect(page.getByRole("tablist")).toBeHidden();
  await expect(page.getByRole("button")).toHaveCount(0);
});

test("the page stays small on its way", async ({ request }) => {
  for (const id of ["RFC 8996", "IEEE Std P802.3ah/D3.3"]) {
    const answer = await request.get(shown(id));
    expect(answer.headers()["content-encoding"], id).toBe("gzip");
    expect(Number(answer.headers()["content-length"]), id).toBeLessThan(100_000);
  }
});
