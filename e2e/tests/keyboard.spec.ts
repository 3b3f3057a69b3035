import type { Page } from "@playwright/test";
import { expect, test } from "./support/test.ts";

/** Presses Tab until the element is reached, and expects that it shows its focus. */
async function tabTo(page: Page, role: "link" | "button", name: string | RegExp): Promise<void> {
  const target = page.getByRole(role, { name }).first();
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) {
      await expect(target).not.toHaveCSS("outline-style", "none");
      return;
    }
  }
  throw new Error(`60 presses of Tab do not reach the ${role} ${name}`);
}

test("a document is found and its XML copied without a mouse", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/");
  await page.keyboard.press("/");
  await expect(page.getByRole("combobox", { name: "Identifier or words" })).toBeFocused();
  await page.keyboard.type("key words");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Search");
  await tabTo(page, "link", "Key words for use in RFCs to Indicate Requirement Levels");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Key words/);
  await tabTo(page, "button", "Copy the BibXML");
  await page.keyboard.press("Space");
  await expect(page.getByRole("status")).toHaveText("the BibXML copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('anchor="RFC2119"');
});

test("the first stop of every page leads past its header", async ({ page }) => {
  for (const path of ["/", "/about", "/get-one/by-docid/?docid=RFC+9000"]) {
    await page.goto(path);
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: "Skip to content" });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("main")).toBeFocused();
  }
});

test("a slash that is typed into a field stays there", async ({ page }) => {
  await page.goto("/get-one/by-docid/?docid=RFC+9000");
  await page.keyboard.press("/");
  await page.keyboard.type("IANA tls-parameters/tls-parameters-4");
  await expect(page.getByRole("combobox")).toHaveValue("IANA tls-parameters/tls-parameters-4");
});

test("the focus follows to the results that replace others", async ({ page }) => {
  await page.goto("/search/?query=rfc&query_format=docid_regex");
  await tabTo(page, "link", "Next");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/page=2/);
  await expect(page.getByRole("heading", { level: 2, name: "61 documents" })).toBeFocused();
});

test("code that scrolls can be scrolled by the keyboard", async ({ page }) => {
  await page.goto("/indexed-sources/relaton-data-rfcs/RFC8996/");
  const code = page.getByRole("region", { name: "File", exact: true }).locator("pre");
  await code.focus();
  // On a busy machine the browser may drop a key that comes before the area is ready to scroll.
  await expect
    .poll(async () => {
      await page.keyboard.press("End");
      return code.evaluate((element) => element.scrollTop);
    })
    .toBeGreaterThan(0);
});
