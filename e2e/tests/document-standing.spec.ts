import { type Page, expect, test } from "./support/test.ts";

const shown = (id: string) => `/get-one/by-docid/?docid=${encodeURIComponent(id)}`;
const standing = (page: Page) => page.getByRole("region", { name: "Standing" });

test("a document that was replaced leads to what holds today, step by step", async ({ page }) => {
  await page.goto(shown("RFC 2246"));
  await expect(standing(page)).toContainText("Obsolete. Replaced, in the end, by RFC 8446 (August 2018).");
  const chain = page.getByRole("list", { name: "Chain of replacements" });
  await expect(chain.getByRole("listitem")).toHaveText([/RFC 2246/, /RFC 4346/, /RFC 5246/, /RFC 8446/]);
  await expect(chain.getByRole("link", { name: "RFC 2246" })).toHaveCount(0);
  await chain.getByRole("link", { name: "RFC 4346" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The Transport Layer Security (TLS) Protocol Version 1.1");
  await standing(page).getByRole("link", { name: "RFC 8446" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The Transport Layer Security (TLS) Protocol Version 1.3");
  await expect(standing(page).getByText("Obsolete")).toHaveCount(0);
});

for (const [id, sentence] of [
  ["draft-ietf-quic-transport-32", "Not the newest version. The newest is draft-ietf-quic-transport-34"],
  ["draft-ietf-quic-transport", "All versions. The latest is draft-ietf-quic-transport-34"],
  ["W3C webtransport", "All editions. The latest is W3C WD-webtransport-20231220 (20 December 2023)."],
  ["W3C WD-webtransport-20230712", "Not the newest version. The newest is W3C WD-webtransport-20231220"],
  ["W3C WD-webtransport-20230405", "Obsolete. Replaced, in the end, by W3C WD-webtransport-20231220"],
  ["3GPP TS 23.501:REL-15/15.2.0", "Not the newest version. The newest, by release and by date, is 3GPP TS 23.501:REL-18/18.8.0"],
  ["IEEE Std 754-2008", "IEEE Std 754-2019"],
] as const) {
  test(`${id} leads to the newest`, async ({ page }) => {
    await page.goto(shown(id));
    await expect(standing(page)).toContainText(sentence);
  });
}

for (const id of ["RFC 9000", "IEEE Std 754-2019", "BCP 14"]) {
  test(`${id} holds, and nothing is said of it`, async ({ page }) => {
    await page.goto(shown(id));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(standing(page)).toHaveCount(0);
  });
}

test("programs are told the same, to the end, when they ask for it", async ({ request }) => {
  const ask = async (query: string) => (await request.get(`/api/v1/by-docid/?docid=RFC+2246${query}`)).json();
  const { successors } = await ask("&include=successors");
  expect(successors).toEqual([
    { docid: "RFC 4346", title: "The Transport Layer Security (TLS) Protocol Version 1.1", date: "2006-04", relation: "obsoletedBy", step: 1 },
    { docid: "RFC 5246", title: "The Transport Layer Security (TLS) Protocol Version 1.2", date: "2008-08", relation: "obsoletedBy", step: 2 },
    { docid: "RFC 8446", title: "The Transport Layer Security (TLS) Protocol Version 1.3", date: "2018-08", relation: "obsoletedBy", step: 3 },
  ]);
  expect(Object.keys(await ask(""))).toEqual(["data"]);
  const last = await request.get("/api/v1/by-docid/?docid=RFC+9000&include=successors");
  expect((await last.json()).successors).toEqual([]);
});

test("lists of relations say which documents no longer hold", async ({ page }) => {
  await page.goto(shown("RFC 5246"));
  const relations = page.getByRole("region", { name: "Relations" });
  await expect(relations.getByRole("listitem").filter({ hasText: "RFC 8446" })).not.toContainText("Obsolete");
  await page.goto(shown("RFC 2246"));
  await expect(relations.getByRole("listitem").filter({ hasText: "RFC 4346" })).toContainText("Obsolete");
});

test("the family in time says the same in words", async ({ page }) => {
  await page.goto(shown("RFC 2246"));
  const family = page.getByRole("figure", { name: "The family in time" });
  await expect(family.locator("svg")).toBeVisible();
  await family.getByText("The same as a table").click();
  await expect(family.getByRole("row").filter({ hasText: "RFC 2246" })).toContainText("This document");
  await expect(family.getByRole("row").filter({ hasText: "RFC 8446" })).toContainText("Later");
  await family.getByRole("link", { name: "RFC 5246" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/Version 1\.2$/);
  await family.getByText("The same as a table").click();
  await expect(family.getByRole("row").filter({ hasText: "RFC 2246" })).toContainText("Earlier");
});

test("a draft that became an RFC says so, and the RFC shows its draft", async ({ page, request }) => {
  await expect(async () => { // it is found out shortly after the indexing
    const answer = await request.get("/api/v1/by-docid/?docid=draft-ietf-quic-transport-32&include=successors");
    expect((await answer.json()).successors.at(-1)).toMatchObject({ docid: "RFC 9000", relation: "draftOf", inferred: true });
  }).toPass();
  await page.goto(shown("draft-ietf-quic-transport-32"));
  await expect(standing(page)).toContainText("Probably published as RFC 9000 (May 2021; same title and authors).");
  await expect(standing(page)).toContainText("Not the newest version. The newest is draft-ietf-quic-transport-34");
  const cite = page.getByRole("region", { name: "Cite" });
  await expect(cite).toContainText("Probably published as RFC 9000 (same title and authors): check, and cite the RFC instead.");
  await cite.getByRole("link", { name: "RFC 9000" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("QUIC: A UDP-Based Multiplexed and Secure Transport");
  const relations = page.getByRole("region", { name: "Relations" });
  await expect(relations.getByRole("listitem").filter({ hasText: "draft-ietf-quic-transport-34" })).toContainText("Inferred: same title and authors.");
});
