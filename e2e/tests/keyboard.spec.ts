import type { Page } from "@playwright/test";
import { expect, test } from "./support/test.ts";

/** Presses Tab until the element is reached, and expects that it shows its focus. */
async function tabTo(page: Page, role: "link" | "button" | "tab", name: string | RegExp): Promise<void> {
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
  await tabTo(page, "tab", "xi:include");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "BibXML" })).toBeFocused();
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

test("the tabs are walked through by the arrow keys, round and round", async ({ page }) => {
  await page.goto("/get-one/by-docid/?docid=RFC+9000");
  const tab = (name: string) => page.getByRole("tab", { name });
  await tab("xi:include").focus();
  await page.keyboard.press("ArrowLeft");
  await expect(tab("Plain text")).toBeFocused();
  await expect(page.getByRole("tabpanel", { name: "Plain text" })).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(tab("xi:include")).toBeFocused();
  await page.keyboard.press("End");
  await expect(tab("Plain text")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Home");
  await expect(tab("xi:include")).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("tabpanel")).toHaveCount(1);
  await page.keyboard.press("Tab");
  await expect(tab("BibXML")).not.toBeFocused();
});

test("c copies the citation that is in view", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/get-one/by-docid/?docid=RFC+9000");
  await page.keyboard.press("c");
  await expect(page.getByRole("status")).toHaveText("the include line copied");
  await page.getByRole("tab", { name: "Plain text" }).click();
  await page.keyboard.press("c");
  await expect(page.getByRole("status")).toHaveText("the reference copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^\[RFC9000\] {2}Iyengar, J\., Ed\. and M\. Thomson/);
});

test("a question mark shows what the keys do, and Escape hides it", async ({ page }) => {
  await page.goto("/about");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(help).toBeHidden();
  await page.keyboard.press("?");
  await expect(help).toBeVisible();
  await page.keyboard.press("/");
  await expect(help).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await help.getByRole("button", { name: "Close" }).click();
  await expect(help).toBeHidden();
  await expect(page.getByRole("button", { name: "Keyboard shortcuts" })).toBeFocused();
});

test("single keys can be turned off, on every page and for good", async ({ page }) => {
  await page.goto("/get-one/by-docid/?docid=RFC+9000");
  await page.keyboard.press("?");
  await page.getByRole("checkbox", { name: "Use single keys as shortcuts" }).uncheck();
  await page.getByRole("button", { name: "Close" }).click();
  const nothing = async () => {
    for (const key of ["/", "c", "?"]) await page.keyboard.press(key);
    await expect(page.getByRole("combobox", { name: "Identifier or words" })).not.toBeFocused();
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(page.getByRole("status")).toBeEmpty();
  };
  await nothing();
  await page.goto("/about");
  await nothing();
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await page.getByRole("checkbox", { name: "Use single keys as shortcuts" }).check();
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  await expect(page.getByRole("combobox", { name: "Identifier or words" })).toBeFocused();
});

test("keys with others, and those that are typed into a field, do nothing else", async ({ page }) => {
  await page.goto("/get-one/by-docid/?docid=RFC+9000");
  await page.keyboard.press("Control+c");
  await expect(page.getByRole("status")).toBeEmpty();
  await page.getByRole("combobox", { name: "Identifier or words" }).fill("");
  await page.keyboard.type("c?/");
  await expect(page.getByRole("combobox", { name: "Identifier or words" })).toHaveValue("c?/");
  await expect(page.getByRole("dialog")).toBeHidden();
});
