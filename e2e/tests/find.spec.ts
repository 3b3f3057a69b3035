import { nowhere, notFoundComplaint } from "./support/pages.ts";
import { expect, test } from "./support/test.ts";

const box = { name: "Identifier or words" };

test("words lead to results, a result to the document, and its XML to the clipboard", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/");
  await page.getByRole("combobox", box).fill("multiplexed secure transport");
  await page.getByRole("button", { name: "Find" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Search");
  await expect(page.getByRole("heading", { level: 2, name: /\d documents?/ })).toBeVisible();
  const result = page.getByRole("listitem").filter({ has: page.getByText("RFC 9000", { exact: true }) });
  await result.getByRole("link", { name: "QUIC: A UDP-Based Multiplexed and Secure Transport" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("QUIC: A UDP-Based Multiplexed and Secure Transport");
  await page.getByRole("tab", { name: "BibXML" }).click();
  const shown = await page.getByRole("tabpanel", { name: "BibXML" }).locator("pre").textContent();
  await page.getByRole("button", { name: "Copy the BibXML" }).click();
  await expect(page.getByRole("status")).toHaveText("the BibXML copied");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(shown);
  expect(copied).toMatch(/^<reference anchor="RFC9000"[^]*<\/reference>\s*$/);
});

test("the copied include line leads to the same XML as the page shows", async ({ page, context, request }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/get-one/by-docid/?docid=RFC+9000");
  await page.getByRole("button", { name: "Copy the include line" }).click();
  await expect(page.getByRole("status")).toHaveText("the include line copied");
  const line = await page.evaluate(() => navigator.clipboard.readText());
  const [, address] = /^<xi:include href="([^"]+)"\/>$/.exec(line.trim()) ?? [];
  expect(address, line).toContain("/public/rfc/bibxml/reference.RFC.9000.xml");
  const answer = await request.get(new URL(address!).pathname);
  await page.getByRole("tab", { name: "BibXML" }).click();
  expect((await answer.text()).trim()).toBe((await page.getByRole("tabpanel", { name: "BibXML" }).locator("pre").textContent())?.trim());
});

for (const [query, title] of [
  ["RFC 9000", "QUIC: A UDP-Based Multiplexed and Secure Transport"],
  ["rfc 2119", "Key words for use in RFCs to Indicate Requirement Levels"],
  ["10.17487/RFC8446", "The Transport Layer Security (TLS) Protocol Version 1.3"],
  ["draft-ietf-quic-transport-33", "QUIC: A UDP-Based Multiplexed and Secure Transport"],
  ["W3C REC-xml-20081126", "Extensible Markup Language (XML) 1.0 (Fifth Edition)"],
  ["rfc9000", "QUIC: A UDP-Based Multiplexed and Secure Transport"],
  ["IANA _6tisch", "IPv6 Over the TSCH Mode of IEEE 802.15.4 (6TiSCH)"],
] as const) {
  test(`the identifier ${query} leads straight to its document`, async ({ page }) => {
    await page.goto("/");
    await page.getByRole("combobox", box).fill(query);
    await page.getByRole("combobox", box).press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  });
}

test("the search box of a document page leads to the next document", async ({ page }) => {
  await page.goto("/get-one/by-docid/?docid=RFC+9000");
  await page.getByRole("combobox", box).fill("BCP 195");
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Best Current Practice 195");
});

test("the description of the API can be read and tried", async ({ page, request }) => {
  await page.goto("/api/v1/");
  await page.getByRole("link", { name: "to read" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "BibXML service" })).toBeVisible();
  await expect(page.getByText("GET /api/v1/search/{query}/")).toBeVisible();
  const schema = (await (await request.get("/api/v1/json-schema/Document/")).json()) as { title: string };
  expect(schema.title).toBe("Document");
});

test.describe("at an address that nothing answers", () => {
  test.use({ expectedComplaints: [notFoundComplaint] });

  test("the page says so, and leads back", async ({ page }) => {
    const response = await page.goto(nowhere);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not found");
    await page.getByRole("main").getByRole("link", { name: "First page" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("References to Internet standards");
  });

  test("the search box works all the same", async ({ page }) => {
    await page.goto("/indexed-sources/relaton-data-nowhere/");
    await page.getByRole("combobox", box).fill("RFC 9000");
    await page.getByRole("button", { name: "Find" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^QUIC/);
  });
});
