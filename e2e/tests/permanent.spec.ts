import { notFoundComplaint } from "./support/pages.ts";
import { expect, test } from "./support/test.ts";

for (const [guessed, address, title] of [
  ["/RFC9000", "/RFC9000", /^QUIC/],
  ["/rfc9000", "/RFC9000", /^QUIC/],
  ["/RFC0791", "/RFC791", /^Internet Protocol/],
  ["/bcp14", "/BCP14", /^Best Current Practice 14/],
  ["/std98", "/STD98", /98/],
  ["/draft-ietf-quic-transport", "/draft-ietf-quic-transport", /^QUIC/],
  ["/draft-ietf-quic-transport-34", "/draft-ietf-quic-transport-34", /^QUIC/],
  ["/doc/IETF/RFC%209000", "/RFC9000", /^QUIC/],
  ["/doc/DOI/10.17487/RFC8446", "/RFC8446", /^The Transport Layer Security/],
  ["/doc/W3C/W3C%20REC-xml-20081126", "/doc/W3C/W3C%20REC-xml-20081126", /^Extensible Markup Language/],
  ["/doc/3GPP/3GPP%20TS%2023.501:REL-18/18.8.0", "/doc/3GPP/3GPP%20TS%2023.501:REL-18/18.8.0", /5G/],
] as const) {
  test(`the address ${guessed} leads to its document`, async ({ page }) => {
    await page.goto(guessed);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    const { origin, pathname } = new URL(page.url());
    expect(pathname).toBe(address);
    await expect(page.locator("link[rel=canonical]")).toHaveAttribute("href", origin + address);
  });
}

test("results lead to permanent addresses", async ({ page }) => {
  await page.goto("/search/?query=multiplexed+secure+transport");
  await page.getByRole("link", { name: "QUIC: A UDP-Based Multiplexed and Secure Transport" }).first().click();
  expect(new URL(page.url()).pathname).toMatch(/^\/(RFC9000|draft-ietf-quic-transport.*)$/);
});

test.describe("of a document that there is not", () => {
  test.use({ expectedComplaints: [notFoundComplaint] });

  test("an address leads to a search for it", async ({ page }) => {
    const response = await page.goto("/RFC99999");
    expect(response?.status()).toBe(404);
    await page.getByRole("main").getByRole("link", { name: "Search for RFC 99999" }).click();
    await expect(page.getByRole("heading", { level: 2, name: "No documents found" })).toBeVisible();
    await expect(page.getByRole("main")).toContainText("RFC 99999");
  });
});
