import { expectAccessible } from "./support/axe.ts";
import { notFoundComplaint, nowhere, pages } from "./support/pages.ts";
import { expect, test } from "./support/test.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    for (const [name, path] of Object.entries(pages)) {
      test(`axe finds nothing wrong with ${name}`, async ({ page }) => {
        await page.goto(path);
        await expectAccessible(page);
      });
    }

    test("axe finds nothing wrong with unfolded relations", async ({ page }) => {
      await page.goto(pages["document-relations"]!);
      await page.getByText(/^Show \d+ more$/).click();
      await expectAccessible(page);
    });

    test("axe finds nothing wrong with any way to cite, nor with what is folded", async ({ page }) => {
      await page.goto(pages["document-superseded"]!);
      await page.getByText("The same as a table").click();
      for (const tab of await page.getByRole("tab").all()) {
        await tab.click();
        await expectAccessible(page);
      }
    });

    test("axe finds nothing wrong with the help", async ({ page }) => {
      await page.goto("/about");
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectAccessible(page);
    });

    test("axe finds nothing wrong with results that were replaced in place", async ({ page }) => {
      await page.goto(pages["search-many"]!);
      await page.getByRole("link", { name: "Next" }).click();
      await expect(page).toHaveURL(/page=2/);
      await expectAccessible(page);
    });

    test.describe("of an error", () => {
      test.use({ expectedComplaints: [notFoundComplaint] });

      test("axe finds nothing wrong with its page", async ({ page }) => {
        await page.goto(nowhere);
        await expectAccessible(page);
      });
    });
  });
}

test("the page is dark where the visitor asks for it", async ({ page }) => {
  const brightness = () =>
    page.evaluate(() => {
      const [red = 0, green = 0, blue = 0] = getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g)!.map(Number);
      return (red + green + blue) / 3;
    });
  await page.goto("/");
  expect(await brightness()).toBeGreaterThan(200);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await brightness()).toBeLessThan(60);
});
