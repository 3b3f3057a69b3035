import { expect, served, test } from "./support/test.ts";

const rfcs = "/indexed-sources/relaton-data-rfcs/";

test("the list of a source is read from anywhere, in both directions", async ({ page }) => {
  await page.goto(rfcs);
  const records = page.getByRole("region", { name: /^All records/ }).getByRole("link", { name: /^RFC\d{4}$/ });
  const pager = page.getByRole("navigation", { name: "Pages of records", exact: true });
  await expect(pager).toHaveCount(0);
  const all = await records.allInnerTexts();
  await page.getByRole("textbox", { name: "Identifier or its beginning" }).fill("rfc 5000");
  await page.getByRole("button", { name: "Go" }).click();
  const rest = await records.allInnerTexts();
  expect(rest[0] >= "RFC5000").toBe(true);
  expect(all.slice(-rest.length)).toEqual(rest);
  await expect(page.getByRole("heading", { level: 2, name: `from ${rest[0]}` })).toBeVisible();
  await pager.getByRole("link", { name: "Previous" }).click();
  await expect(records).toHaveText(all.slice(0, -rest.length));
  await expect(pager.getByRole("link")).toHaveText(["Next", "Last"]);
  await pager.getByRole("link", { name: "Next" }).click();
  await expect(records).toHaveText(rest);
  await pager.getByRole("link", { name: "First" }).click();
  await expect(records).toHaveText(all);
});

test("years say how many records they have, and list them", async ({ page }) => {
  await page.goto(rfcs);
  await page.getByText(/^By year/).click();
  const years = page.getByRole("navigation", { name: "By year" });
  const year = years.getByRole("listitem").filter({ hasText: "2021" });
  const count = Number((await year.innerText()).split(/\s+/)[1]);
  await year.getByRole("link").click();
  const list = page.getByRole("region", { name: "Records of 2021" });
  await expect(list.getByRole("link", { name: /^RFC\d{4}$/ })).toHaveCount(count);
  await expect(years.getByRole("link", { name: "2021" })).toHaveAttribute("aria-current", "page");
  await list.getByRole("link", { name: "All records" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "All records" })).toBeVisible();
});

test("numbers are in the order of their values, and parts of the list have names", async ({ page }) => {
  await page.goto("/indexed-sources/relaton-data-rfcsubseries/");
  const records = page.getByRole("region", { name: "All records" }).getByRole("link", { name: /^(BCP|FYI|STD)\d+$/ });
  const refs = await records.allInnerTexts();
  const numbers = refs.filter((ref) => ref.startsWith("BCP")).map((ref) => Number(ref.slice(3)));
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  await page.getByRole("navigation", { name: "By name" }).getByRole("link", { name: "STD", exact: true }).click();
  await expect(records.first()).toHaveText(/^STD/);
});

test("records lead to those beside them", async ({ page }) => {
  await page.goto(rfcs + "RFC9001/");
  const beside = page.getByRole("navigation", { name: "Records beside this one" });
  await beside.getByRole("link", { name: "Previous RFC9000" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("RFC9000");
  await beside.getByRole("link", { name: "Next RFC9001" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("RFC9001");
});

test("a list tells of a place that it does not have", async ({ page }) => {
  await page.goto(rfcs + "?from=zzz");
  await page.getByRole("link", { name: "Start from the first." }).click();
  await expect(page.getByRole("link", { name: "RFC9000", exact: true })).toBeVisible();
});

served("what is no year is refused, and what is no place shows the first records", async ({ request }) => {
  for (const year of ["x", "-1", "0", "99999", "20 21"]) {
    expect((await request.get(`${rfcs}?year=${year}`)).status()).toBe(400);
  }
  for (const query of ["year=none", "year=1234", "page=7", "from=%27%3B--", "after=x&before=y&page=last"]) {
    expect((await request.get(`${rfcs}?${query}`)).status()).toBe(200);
  }
});
