import { expect, test } from "./support/test.ts";

test.use({ javaScriptEnabled: false });

test("words lead to results, and a result to the document", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("searchbox", { name: "Identifier or words" }).fill("congestion control");
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("link", { name: "QUIC Loss Detection and Congestion Control" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("QUIC Loss Detection and Congestion Control");
  await expect(page.getByRole("region", { name: "BibXML" }).locator("pre")).toContainText('anchor="RFC9002"');
});

test("results are leafed through", async ({ page }) => {
  await page.goto("/search/?query=rfc&query_format=docid_regex");
  const pager = page.getByRole("navigation", { name: "Pages of results" });
  await pager.getByRole("link", { name: "Next" }).click();
  await expect(pager.locator("[aria-current=page]")).toHaveText("Page 2");
  await pager.getByRole("link", { name: "Previous" }).click();
  await expect(pager.locator("[aria-current=page]")).toHaveText("Page 1");
});

test("a folded list of relations opens", async ({ page }) => {
  await page.goto("/get-one/by-docid/?docid=RFC+8996");
  const relations = page.getByRole("region", { name: "Relations" });
  await relations.getByText(/^Show \d+ more$/).click();
  await expect(relations.getByText("RFC 8422")).toBeVisible();
});

test("all ways to cite are in view", async ({ page }) => {
  await page.goto("/get-one/by-docid/?docid=RFC+9000");
  const cite = page.getByRole("region", { name: "Cite", exact: true });
  for (const [name, text] of [
    ["xi:include", "<xi:include href="],
    ["BibXML", '<reference anchor="RFC9000"'],
    ["kramdown-rfc", "RFC9000:"],
    ["Plain text", "[RFC9000]  Iyengar, J., Ed."],
  ] as const) {
    await expect(cite.getByRole("heading", { level: 3, name })).toBeVisible();
    await expect(cite.getByRole("region", { name }).locator("pre").first()).toContainText(text);
  }
  await expect(page.getByRole("tab")).toHaveCount(0);
});

test("nothing is offered that would not work", async ({ page }) => {
  await page.goto("/get-one/by-docid/?docid=RFC+9000");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Copy/ })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Keyboard shortcuts" })).toHaveCount(0);
});
