import { resolve } from "node:path";
import { notFoundComplaint, nowhere, pages } from "./support/pages.ts";
import { test } from "./support/test.ts";

// Pictures of the main states for people to look at: artefacts/gallery/<page>-<screen>-<colours>.png.
const gallery = resolve(import.meta.dirname, "../artefacts/gallery");

const screens = {
  desktop: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
};

for (const [screen, options] of Object.entries(screens)) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${screen}, ${colorScheme}`, () => {
      test.use({ ...options, colorScheme, expectedComplaints: [notFoundComplaint] });

      for (const [name, path] of Object.entries({ ...pages, error: nowhere })) {
        test(`picture of ${name}`, async ({ page }) => {
          await page.goto(path);
          await page.screenshot({ path: `${gallery}/${name}-${screen}-${colorScheme}.png`, fullPage: true });
        });
      }
    });
  }
}
