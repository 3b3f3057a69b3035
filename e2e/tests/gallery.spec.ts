import { resolve } from "node:path";
import { notFoundComplaint, nowhere, pages } from "./support/pages.ts";
import { expect, test } from "./support/test.ts";

// Pictures of every state for people to look at: artefacts/gallery/<page>-<screen>-<colours>.png.
const gallery = resolve(import.meta.dirname, "../artefacts/gallery");

const screens = {
  desktop: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
};

for (const [screen, options] of Object.entries(screens)) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${screen}, ${colorScheme}`, () => {
      test.use({ ...options, colorScheme, expectedComplaints: [notFoundComplaint] });

      test("every page is drawn", async ({ page }) => {
        test.setTimeout(180_000);
        for (const [name, path] of Object.entries({ ...pages, error: nowhere })) {
          await page.goto(path);
          await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
          await page.screenshot({ path: `${gallery}/${name}-${screen}-${colorScheme}.png`, fullPage: true });
        }
      });

      test("what comes while somebody types is drawn", async ({ page }) => {
        await page.goto("/");
        await page.getByRole("combobox", { name: "Identifier or words" }).pressSequentially("quic");
        await expect(page.getByRole("option").first()).toBeVisible();
        await page.keyboard.press("ArrowDown");
        await page.screenshot({ path: `${gallery}/suggestions-${screen}-${colorScheme}.png` });

        await page.goto("/search/advanced/");
        await page.getByRole("combobox", { name: "Query format" }).selectOption({ label: "JSON path" });
        await page.getByRole("searchbox", { name: "Query" }).pressSequentially("$.docid ==");
        await expect(page.getByText("cannot be understood")).toBeVisible();
        await page.screenshot({ path: `${gallery}/advanced-error-${screen}-${colorScheme}.png`, fullPage: true });
      });
    });
  }
}
