import { expect, test } from "./support/test.ts";

const form = { name: "Advanced" };

test("an exact search is refined in place, and leafed through", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Advanced search" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Advanced search" })).toBeVisible();
  const advanced = page.getByRole("search", form);
  await advanced.getByRole("searchbox", { name: "Query" }).fill("RFC 900");
  await advanced.getByRole("combobox", { name: "Query format" }).selectOption({ label: "Part of an identifier" });
  await advanced.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "3 documents" })).toBeVisible();

  // A mark that only a whole new page would wipe out.
  await page.evaluate(() => document.body.setAttribute("data-same-page", ""));
  await advanced.getByRole("searchbox", { name: "Query" }).fill("rfc");
  await advanced.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "61 documents" })).toBeVisible();
  const pager = page.getByRole("navigation", { name: "Pages of results" });
  await pager.getByRole("link", { name: "Next" }).click();
  await expect(pager.locator("[aria-current=page]")).toHaveText("Page 2");
  await expect(page).toHaveURL(/query=rfc&query_format=docid_regex&page=2/);
  await expect(page).toHaveTitle(/page 2/);
  await expect(page.getByRole("main").getByRole("article")).toHaveCount(10);
  await expect(page.locator("body")).toHaveAttribute("data-same-page", "");

  await page.goBack();
  await expect(pager.locator("[aria-current=page]")).toHaveText("Page 1");
  await pager.getByRole("link", { name: "Page 7" }).click();
  await expect(page.getByRole("main").getByRole("article")).toHaveCount(1);
});

test("a query is checked while it is written", async ({ page }) => {
  await page.goto("/search/advanced/");
  const advanced = page.getByRole("search", form);
  const told = advanced.getByRole("status");
  await expect(told).toBeEmpty();
  const query = advanced.getByRole("searchbox", { name: "Query" });
  await advanced.getByRole("combobox", { name: "Query format" }).selectOption({ label: "JSON path" });
  await query.pressSequentially("$.docid[*].id ==");
  await expect(told).toContainText("cannot be understood");
  await query.pressSequentially(' "RFC 9000"');
  await expect(told).toHaveText("The syntax is right.");
  await expect(page, "a check is no page").toHaveURL(/\/search\/advanced\/$/);
  await advanced.getByRole("combobox", { name: "Query format" }).selectOption({ label: "JSON structure" });
  await expect(told).toContainText("not JSON");
  await advanced.getByRole("combobox", { name: "Query format" }).selectOption({ label: "JSON path" });
  await expect(told).toHaveText("The syntax is right.");
  await query.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: "1 document" })).toBeVisible();
});

test("every example finds something", async ({ page }) => {
  await page.goto("/search/advanced/");
  const languages = page.getByRole("region", { name: "Languages" }).getByRole("link");
  await expect(languages).toHaveCount(5);
  for (let example = 0; example < 5; example++) {
    const query = await languages.nth(example).textContent();
    await languages.nth(example).click();
    await expect(page.getByRole("heading", { level: 2, name: /^\d+ documents?$/ }), query!).toBeVisible();
    await expect(page.getByRole("searchbox", { name: "Query" })).toHaveValue(query!);
    await page.goBack();
  }
});

test("a query that cannot be understood is explained", async ({ page }) => {
  await page.goto("/search/?query=%7B&query_format=json_struct");
  await expect(page.getByRole("heading", { level: 2, name: "Query not understood" })).toBeVisible();
  await page.getByRole("region", { name: "Query not understood" }).getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 2, name: /\d documents/ })).toBeVisible();
});

test("a query that finds nothing in one format is tried in every other", async ({ page }) => {
  await page.goto("/search/?query=multiplexed+transport&query_format=docid_regex");
  await expect(page.getByRole("heading", { level: 2, name: "No documents found" })).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "every format" }).click();
  await expect(page.getByRole("heading", { level: 2, name: /\d documents/ })).toBeVisible();
  await expect(page.getByText("Nothing was found as “Part of an identifier”. These were found as “Words”.")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Query format" })).toHaveValue("websearch");
});

test("a page of results that does not exist shows the first", async ({ page }) => {
  await page.goto("/search/?query=rfc&query_format=docid_regex&page=30");
  await expect(page.getByText("This is the first one.")).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Pages of results" }).locator("[aria-current=page]")).toHaveText("Page 1");
});
