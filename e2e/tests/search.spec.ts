import type { Page } from "@playwright/test";
import { expect, test } from "./support/test.ts";

const results = (page: Page) => page.getByRole("main").getByRole("article");
const facet = (page: Page, name: string, value: string | RegExp) => page.getByRole("list", { name, exact: true }).getByRole("link", { name: value });
const heading = (page: Page) => page.locator("[data-results-heading]");

/** Marks the page in a way that only a whole new one would wipe out. */
const mark = (page: Page) => page.evaluate(() => document.body.setAttribute("data-same-page", ""));
const expectSamePage = (page: Page) => expect(page.locator("body")).toHaveAttribute("data-same-page", "");

test("results are narrowed by several facets at once, and widened again", async ({ page }) => {
  await page.goto("/search/?query=transport");
  const all = await heading(page).textContent();
  await mark(page);

  await facet(page, "Source", /^RFCs/).click();
  await expect(page).toHaveURL(/source=rfcs/);
  await facet(page, "Decade", /^2020s/).click();
  await expect(page).toHaveURL(/source=rfcs&decade=2020/);
  const chips = page.getByRole("list", { name: "Only" }).getByRole("link");
  await expect(chips).toHaveText([/Source:\s*RFCs/, /Decade:\s*2020s/]);
  await expect(page.getByRole("link", { name: "RFC 8446" })).toHaveCount(0);
  for (const text of await results(page).allTextContents()) expect(text).toMatch(/202\d\s+.*rfcs/s);
  await expectSamePage(page);

  await facet(page, "Decade", /^2010s/).click();
  await expect(chips, "values of one facet are alternatives").toHaveCount(3);
  await facet(page, "Decade", /^2010s/).click();
  await expect(chips).toHaveCount(2);
  await chips.first().click();
  await expect(chips).toHaveCount(1);
  await chips.first().click();
  await expect(heading(page)).toHaveText(all!);
  await expect(chips).toHaveCount(0);
  await expectSamePage(page);
});

test("results are narrowed to a range of years", async ({ page }) => {
  await page.goto("/search/?query=transport&source=rfcs");
  await mark(page);
  const years = page.getByRole("form", { name: "Years" });
  await years.getByRole("spinbutton", { name: "From the year" }).fill("2005");
  await years.getByRole("spinbutton", { name: "To the year" }).fill("2012");
  await years.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/query=transport&source=rfcs&year=2005\.\.2012$/);
  await expect(page.getByRole("list", { name: "Only" }).getByRole("link")).toHaveText([/RFCs/, /2005–2012/]);
  for (const text of await results(page).allTextContents()) expect(text).toMatch(/20(0[5-9]|1[0-2])/);
  await expect(years.getByRole("spinbutton", { name: "From the year" })).toHaveValue("2005");
  await expectSamePage(page);
});

test("the way back restores every choice", async ({ page }) => {
  await page.goto("/search/?query=transport");
  const all = await heading(page).textContent();
  await facet(page, "Source", /^RFCs/).click();
  await expect(page).toHaveURL(/source=rfcs/);
  const narrowed = await heading(page).textContent();
  await page.getByRole("navigation", { name: "Order of results" }).getByRole("link", { name: "Oldest" }).click();
  await expect(page).toHaveURL(/sort=oldest/);
  await results(page).first().getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/./);

  await page.goBack();
  await expect(page.getByRole("navigation", { name: "Order of results" }).locator("[aria-current]")).toHaveText("Oldest");
  await page.goBack();
  await expect(heading(page)).toHaveText(narrowed!);
  await expect(page.getByRole("navigation", { name: "Order of results" }).locator("[aria-current]")).toHaveText("Relevance");
  await page.goBack();
  await expect(heading(page)).toHaveText(all!);
  await expect(page.getByRole("combobox", { name: "Identifier or words" }), "the box works after it").toHaveValue("transport");
  await page.goForward();
  await expect(heading(page)).toHaveText(narrowed!);
});

test("results are put into another order", async ({ page }) => {
  await page.goto("/search/?query=transport&source=rfcs");
  const years = async () => (await results(page).locator("time").evaluateAll((times) => times.map((time) => Number(time.getAttribute("datetime")!.slice(0, 4)))));
  const by = (name: string) => page.getByRole("navigation", { name: "Order of results" }).getByRole("link", { name });
  await by("Newest").click();
  await expect(by("Newest")).toHaveAttribute("aria-current", "true");
  const newest = await years();
  expect(newest).toEqual([...newest].sort((a, b) => b - a));
  await by("Oldest").click();
  await expect(by("Oldest")).toHaveAttribute("aria-current", "true");
  expect(await years()).toEqual([...newest].sort((a, b) => a - b));
});

test("more results are shown at once, and leafed through", async ({ page }) => {
  await page.goto("/search/?query=rfc");
  await expect(results(page)).toHaveCount(20);
  const pager = page.getByRole("navigation", { name: "Pages of results" });
  await pager.getByRole("link", { name: "Next" }).click();
  await expect(page).toHaveURL(/page=2$/);
  await expect(page).toHaveTitle(/page 2/);
  await expect(heading(page), "the link that was followed is gone").toBeFocused();
  await page.getByRole("navigation", { name: "Results a page" }).getByRole("link", { name: "50" }).click();
  await expect(page).toHaveURL(/size=50$/);
  await expect(results(page)).toHaveCount(50);
});

test("the page says how the query was understood, and marks its words", async ({ page }) => {
  await page.goto("/search/?query=title:transport+-tls");
  await expect(page.getByText(/Looked for/)).toContainText(/title\s+transport/);
  await expect(page.getByText(/Looked for/)).toContainText(/without\s+tls/);
  await expect(results(page).first().locator("mark").first()).toHaveText(/^transport$/i);
});

test("an identifier leads the results and is marked", async ({ page }) => {
  await page.goto("/search/?query=rfc9000");
  await expect(page.getByText(/Looked for/)).toContainText(/identifier\s+RFC 9000/);
  await expect(results(page).first()).toContainText("Exactly what you asked for");
  await expect(results(page).first().getByRole("link")).toHaveText("QUIC: A UDP-Based Multiplexed and Secure Transport");
});

test("an obsolete document says so in the list", async ({ page }) => {
  await page.goto("/search/?query=tls+protocol");
  const old = page.getByRole("listitem").filter({ has: page.getByText("RFC 2246", { exact: true }) });
  await expect(old).toContainText("Obsoleted by RFC 4346");
});

test("a misspelt word is mended", async ({ page }) => {
  await page.goto("/search/?query=congstion");
  await expect(page.getByText(/^Nothing matches/)).toContainText("congestion");
  await expect(page.getByRole("link", { name: "QUIC Loss Detection and Congestion Control" })).toBeVisible();
  await page.getByRole("link", { name: "congestion", exact: true }).click();
  await expect(page).toHaveURL(/query=congestion$/);
});

test("where nothing is found there are other ways to look", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("combobox", { name: "Identifier or words" }).fill("xyzzyplugh");
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "No documents found" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("xyzzyplugh");
  await page.getByRole("link", { name: "Part of an identifier" }).click();
  await expect(page).toHaveURL(/query_format=docid_regex/);
  await expect(page.getByRole("heading", { level: 2, name: "No documents found" })).toBeVisible();
});

test("an identifier that nobody has leads to the nearest", async ({ page }) => {
  await page.goto("/search/?query=RFC+9003");
  const nearest = page.getByRole("list", { name: "Nearest to it" });
  await nearest.getByRole("link", { name: "RFC 9000" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^QUIC/);
});

test("a facet keeps the focus while others are chosen by keyboard", async ({ page }) => {
  await page.goto("/search/?query=transport");
  const rfcs = facet(page, "Source", /^RFCs/);
  await rfcs.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/source=rfcs/);
  await expect(facet(page, "Source", /^RFCs/)).toBeFocused();
  await expect(page.locator("#announcements")).toHaveText(/\d+ documents?/);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test("the facets are folded until they are wanted", async ({ page }) => {
    await page.goto("/search/?query=transport");
    await expect(facet(page, "Source", /^RFCs/)).toBeHidden();
    await page.getByText("Narrow the results", { exact: true }).last().tap();
    await facet(page, "Source", /^RFCs/).tap();
    await expect(page.getByRole("list", { name: "Only" }).getByRole("link")).toHaveText([/RFCs/]);
    await facet(page, "Decade", /^2020s/).tap();
    await expect(page.getByRole("list", { name: "Only" }).getByRole("link"), "they stay unfolded").toHaveText([/RFCs/, /2020s/]);
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("facets, orders and pages are links", async ({ page }) => {
    await page.goto("/search/?query=rfc");
    await facet(page, "Decade", /^2020s/).click();
    await page.getByRole("navigation", { name: "Order of results" }).getByRole("link", { name: "Oldest" }).click();
    await expect(page).toHaveURL(/query=rfc&decade=2020&sort=oldest$/);
    await page.getByRole("list", { name: "Only" }).getByRole("link").click();
    await page.getByRole("navigation", { name: "Pages of results" }).getByRole("link", { name: "Next" }).click();
    await expect(page).toHaveURL(/query=rfc&sort=oldest&page=2$/);
  });
});
