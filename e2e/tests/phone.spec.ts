import { pages } from "./support/pages.ts";
import { expect, test } from "./support/test.ts";

test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

for (const [name, path] of Object.entries(pages)) {
  test(`${name} fits the width of a phone`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByRole("main")).toBeVisible();
    const tooWide = await page.evaluate(() =>
      document.documentElement.scrollWidth <= 360
        ? []
        : [...document.querySelectorAll("body *")]
            .filter((element) => element.getBoundingClientRect().right > 361)
            .map((element) => `${element.tagName.toLowerCase()}.${element.className}`),
    );
    expect(tooWide).toEqual([]);
  });
}

test("a document is found with a thumb", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("combobox", { name: "Identifier or words" }).tap();
  await page.keyboard.type("avian carriers");
  await page.getByRole("button", { name: "Find" }).tap();
  await page.getByRole("link", { name: "IP over Avian Carriers with Quality of Service" }).tap();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("IP over Avian Carriers with Quality of Service");
  await expect(page.getByRole("button", { name: "Copy the include line" })).toBeInViewport();
});
