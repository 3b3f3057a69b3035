import type { APIResponse } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { managementPages, secret, signedIn } from "./support/management.ts";
import { notFoundComplaint } from "./support/pages.ts";
import { expect, served, test } from "./support/test.ts";

const explorer = managementPages["compat-index"]!;

// Asked without a browser, which would ask its user.
for (const [name, path] of Object.entries(managementPages)) {
  served(`${name} stays closed without the secret`, async ({ request }) => {
    await expectClosed(await request.get(path));
    await expectClosed(await request.get(path, { headers: { authorization: `Bearer ${secret}` } }));
  });
}

// Once: an address that goes on guessing has to wait, and these journeys come from one.
served("the management stays closed with a wrong user or secret", async ({ request }) => {
  for (const guess of ["ietf:guessed", `root:${secret}`]) {
    await expectClosed(await request.get(managementPages.management!, { headers: { authorization: `Basic ${btoa(guess)}` } }));
  }
});

async function expectClosed(response: APIResponse): Promise<void> {
  expect(response.status()).toBe(401);
  expect(response.headers()["www-authenticate"]).toContain("Basic");
  expect(await response.text()).not.toContain("xml2rfc paths");
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ ...signedIn, javaScriptEnabled });

    test("the way from the door to a path and its differences", async ({ page }) => {
      await page.goto("/management/");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Management");
      await page.getByRole("link", { name: "xml2rfc paths" }).click();
      await page.getByRole("link", { name: "bibxml2", exact: true }).click();
      await page.getByRole("navigation", { name: "Beside the archive" }).getByRole("link", { name: "Worse" }).click();
      await page.getByRole("link", { name: "reference.LEGACY.KEYWORDS.xml" }).click();

      const methods = page.getByRole("region", { name: "Methods, in the order of their attempts" }).getByRole("listitem");
      await expect(methods).toHaveCount(3);
      await expect(methods.nth(0)).toContainText("Used");
      await expect(methods.nth(0)).toContainText("RFC 2119");
      await expect(methods.nth(1)).toContainText("not found");
      await expect(methods.nth(2)).toContainText("The archive has the XML.");

      await expect(page.getByRole("region", { name: "The XML that is answered" })).toContainText('anchor="LEGACY.KEYWORDS"');
      const lines = page.getByRole("region", { name: "Differences line by line" });
      await expect(lines.getByRole("deletion").first()).toContainText("−");
      await expect(lines.getByRole("insertion").first()).toContainText("+");
      await methods.nth(0).getByRole("link", { name: "RFC 2119" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toContainText("Key words for use in RFCs");
    });

    test("a path is looked at that is not archived", async ({ page }) => {
      await page.goto(explorer);
      await page.getByLabel("Path", { exact: true }).fill("bibxml-rfcs/_reference.RFC.9000.xml");
      await page.getByRole("button", { name: "Show" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("reference.RFC.9000.xml");
      await expect(page.getByRole("main")).toContainText("Not archived");
      await expect(page.getByRole("listitem").filter({ hasText: "IETF RFC 9000" })).toContainText("Used");
    });
  });
}

test.describe("signed in", () => {
  test.use(signedIn);

  test("what the page shows is what the path answers", async ({ page }) => {
    await page.goto(managementPages["compat-rule"]!);
    const shown = await page.getByRole("region", { name: "The XML that is answered" }).textContent();
    const address = await page.getByRole("link", { name: "The answer as tools get it" }).getAttribute("href");
    expect(address).toBe("/public/rfc/bibxml/reference.RFC.9000.xml");
    const answer = await page.request.get(address!);
    expect(shown?.trim()).toBe((await answer.text()).trim());
  });

  test("each outcome lists files of its own, and all of them together are the directory", async ({ page }) => {
    const files = async (outcome: string) => {
      await page.goto(`${explorer}bibxml2/?outcome=${outcome}`);
      return page.getByRole("region", { name: "Archived files" }).getByRole("link", { name: /^reference\./ }).allTextContents();
    };
    const parts = [];
    for (const outcome of ["same", "better", "worse", "missing"]) parts.push(...(await files(outcome)));
    expect(parts.sort()).toEqual((await files("")).sort());
    expect(await files("missing")).toContain("reference.LEGACY.GONE.xml");
  });

  test("XML that must not be used is not used", async ({ page }) => {
    await page.goto(managementPages["compat-nothing"]!);
    await expect(page.getByRole("listitem").filter({ hasText: "marked as invalid" })).not.toContainText("Used");
    await expect(page.getByRole("region", { name: "Answer", exact: true })).toContainText("Nothing is answered");
  });

  test.describe("where there is nothing", () => {
    test.use({ expectedComplaints: [notFoundComplaint] });

    for (const path of ["nope/", "bibxml/reference.RFC.99998.xml/", "bibxml/nonsense/"]) {
      test(`${path} is not found`, async ({ page }) => {
        expect((await page.goto(explorer + path))?.status()).toBe(404);
      });
    }
  });

  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`in ${colorScheme} colours`, () => {
      test.use({ colorScheme });

      for (const [name, path] of Object.entries(managementPages)) {
        test(`axe finds nothing wrong with ${name}`, async ({ page }) => {
          await page.goto(path);
          await expectAccessible(page);
        });
      }

      test("axe finds nothing wrong with what is folded", async ({ page }) => {
        await page.goto(managementPages["compat-sidecar"]!);
        for (const summary of await page.locator("summary").all()) await summary.click();
        await expectAccessible(page);
      });
    });
  }

  test.describe("on a phone", () => {
    test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

    for (const [name, path] of Object.entries(managementPages)) {
      test(`${name} fits its width`, async ({ page }) => {
        await page.goto(path);
        await expect(page.getByRole("main")).toBeVisible();
        for (const summary of await page.locator("summary").all()) await summary.click();
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      });
    }
  });
});
