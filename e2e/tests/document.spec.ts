import { expect, test } from "./support/test.ts";

test("a series shows its members, and leads to them", async ({ page }) => {
  await page.goto("/get-one/by-docid/?docid=BCP+14");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Best Current Practice 14");
  await page.getByRole("tab", { name: "BibXML" }).click();
  await expect(page.getByRole("tabpanel", { name: "BibXML" }).locator("pre")).toContainText("<referencegroup");
  const relations = page.getByRole("region", { name: "Relations" });
  await expect(relations.getByRole("heading", { level: 3, name: /^Includes/ })).toBeVisible();
  await expect(relations).toContainText("Ambiguity of Uppercase vs Lowercase in RFC 2119 Key Words");
  await relations.getByRole("link", { name: "RFC 2119" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Key words for use in RFCs to Indicate Requirement Levels");
});

test("a member of a series that no source has is named, but no link", async ({ page }) => {
  await page.goto("/get-one/by-docid/?docid=STD+5");
  const relations = page.getByRole("region", { name: "Relations" });
  await expect(relations.getByRole("link", { name: "RFC 791" })).toBeVisible();
  await expect(relations.getByText("RFC 919")).toBeVisible();
  await expect(relations.getByRole("link", { name: "RFC 919" })).toHaveCount(0);
});

test("a long list of relations is folded until it is asked for", async ({ page }) => {
  await page.goto("/get-one/by-docid/?docid=RFC+8996");
  const relations = page.getByRole("region", { name: "Relations" });
  await expect(relations.getByRole("heading", { level: 3, name: /^Updates 84/ })).toBeVisible();
  const last = relations.getByText("RFC 8422");
  await expect(last).toBeHidden();
  await relations.getByText(/^Show \d+ more$/).click();
  await expect(last).toBeVisible();
  await relations.getByRole("link", { name: "RFC 7525" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Recommendations for Secure Use/);
});

test("titles and names say which language they are in", async ({ page }) => {
  await page.goto("/get-one/by-docid/?docid=W3C+NOTE-jlreq-20120403");
  await expect(page.getByText("日本語組版処理の要件（日本語版）").first()).toHaveAttribute("lang", /^ja/);
  await expect(page.getByRole("region", { name: "People" }).getByText("小林敏")).toHaveAttribute("lang", /^ja/);
  await page.goto("/get-one/by-docid/?docid=W3C+DNOTE-alreq-20231212");
  await expect(page.getByText("متطلبات تنسيق النص العربي والفارسي").first()).toHaveAttribute("lang", /^ar/);
});

test("formatting in the data is taken out, other markup stays text", async ({ page }) => {
  await page.goto("/get-one/by-docid/?docid=SAMPLE+markup");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(`]]> & this is "quoted"`);
  await expect(page.getByRole("region", { name: "Keywords" })).toContainText("<script>alert(1)</script>");
});

test("an undated W3C document leads to its editions", async ({ page }) => {
  await page.goto("/get-one/by-docid/?docid=W3C+webtransport");
  const relations = page.getByRole("region", { name: "Relations" });
  await relations.getByRole("link", { name: "W3C WD-webtransport-20231220" }).click();
  await expect(page.getByRole("main")).toContainText("20 December 2023");
  await page.getByRole("region", { name: "Relations" }).getByRole("link", { name: "W3C WD-webtransport-20230712" }).click();
  await expect(page.getByRole("main")).toContainText("12 July 2023");
});

for (const id of [
  "RFC 9000",
  "RFC 9114",
  "BCP 195",
  "draft-ietf-quic-transport-33",
  "ISO 8601.2004",
  "W3C REC-xml-20081126",
  "W3C WD-webtransport-20231220",
  "3GPP TS 23.501:REL-18/18.8.0",
  "IEEE Std 754-2019",
  "NIST SP 800-207",
]) {
  test(`the include line of ${id} leads to the XML of its page, but for the anchor`, async ({ page, request }) => {
    await page.goto(`/get-one/by-docid/?docid=${encodeURIComponent(id)}`);
    const line = await page.getByRole("tabpanel", { name: "xi:include" }).locator("pre").textContent();
    await page.getByRole("tab", { name: "BibXML" }).click();
    const shown = await page.getByRole("tabpanel", { name: "BibXML" }).locator("pre").textContent();
    const [, address] = /href="([^"]+)"/.exec(line ?? "") ?? [];
    const answer = await (await request.get(new URL(address!).pathname)).text();
    expect(withoutAnchor(answer)).toBe(withoutAnchor(shown ?? ""));
  });
}

/** The anchor depends on the way by which a document was asked for. */
function withoutAnchor(xml: string): string {
  return xml.replace(/ anchor="[^"]*"/, "").trim();
}
