import { expectAccessible } from "./support/axe.ts";
import type { Page } from "@playwright/test";
import { layoutShift } from "./support/shift.ts";
import { expect, test } from "./support/test.ts";

const box = (page: Page) => page.getByRole("combobox", { name: "Identifier or words" });
const options = (page: Page) => page.getByRole("listbox", { name: "Suggestions" }).getByRole("option");

async function type(page: Page, text: string): Promise<void> {
  await box(page).pressSequentially(text);
  await expect(options(page).first()).toBeVisible();
}

test("a document is reached by the arrow keys while its identifier is typed", async ({ page }) => {
  await page.goto("/");
  await expect(box(page)).toHaveAttribute("aria-expanded", "false");
  await type(page, "rfc 900");
  await expect(box(page)).toHaveAttribute("aria-expanded", "true");
  await expect(page.locator("#announcements")).toContainText(/^\d+ suggestions?, /);
  await expect(options(page).and(page.locator("[aria-selected=true]")), "nothing is chosen unasked").toHaveCount(0);

  await page.keyboard.press("ArrowDown");
  const chosen = page.locator("[role=option][aria-selected=true]");
  await expect(chosen).toHaveCount(1);
  await expect(box(page)).toHaveAttribute("aria-activedescendant", (await chosen.getAttribute("id"))!);
  await expect(box(page), "the focus stays in the box").toBeFocused();
  const identifier = await chosen.locator(".mono").textContent();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe(`/${identifier!.replace(" ", "")}`);
});

test("the arrows go round, and through the box", async ({ page }) => {
  await page.goto("/about");
  await type(page, "rfc 900");
  const count = await options(page).count();
  await page.keyboard.press("ArrowUp");
  await expect(options(page).nth(count - 1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await expect(box(page)).not.toHaveAttribute("aria-activedescendant");
  await page.keyboard.press("ArrowDown");
  await expect(options(page).first()).toHaveAttribute("aria-selected", "true");
});

test("Escape puts the suggestions away, and Enter then searches for what was typed", async ({ page }) => {
  await page.goto("/");
  await type(page, "rfc 900");
  await page.keyboard.press("Escape");
  await expect(options(page)).toHaveCount(0);
  await expect(box(page)).toHaveAttribute("aria-expanded", "false");
  await expect(box(page)).toHaveValue("rfc 900");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/search\/\?query=rfc\+900$/);
});

test("a suggestion is clicked", async ({ page }) => {
  await page.goto("/");
  await type(page, "draft-ietf-quic-h");
  await options(page).filter({ hasText: "draft-ietf-quic-http-34" }).click();
  await expect(page).toHaveURL(/\/draft-ietf-quic-http-34$/);
});

test("a person leads to what they wrote", async ({ page }) => {
  await page.goto("/");
  await type(page, "iyen");
  const people = page.getByRole("group", { name: "People" }).getByRole("option");
  await expect(people.first()).toContainText(/Iyengar.*\d+ documents?/s);
  await people.first().click();
  await expect(page).toHaveURL(/query=author%3A/);
  await expect(page.getByRole("main").getByRole("article").first()).toContainText("Iyengar");
});

test("the suggestions go when the box is left or emptied", async ({ page }) => {
  await page.goto("/");
  await type(page, "rfc 900");
  await page.keyboard.press("Tab");
  await expect(options(page)).toHaveCount(0);
  await box(page).fill("");
  await type(page, "rfc 900");
  await box(page).fill("r");
  await expect(options(page)).toHaveCount(0);
});

test("nothing on the page moves when they come", async ({ page }) => {
  await page.goto("/", { waitUntil: "networkidle" });
  const before = await layoutShift(page); // of the page itself as it came
  const heading = page.getByRole("heading", { name: "New documents" });
  const place = await heading.boundingBox();
  await type(page, "rfc 900");
  expect(await heading.boundingBox()).toEqual(place);
  expect(await layoutShift(page)).toBe(before);
});

test("only the last of what was typed is asked for", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.pathname === "/search/suggestions/") asked.push(url.searchParams.get("query")!);
  });
  await page.goto("/");
  await box(page).focus();
  // All at once, as the fastest of typists would: how long keys take on a busy machine does not matter.
  await box(page).evaluate((input: HTMLInputElement) => {
    for (let typed = 1; typed <= "rfc 9000".length; typed++) {
      input.value = "rfc 9000".slice(0, typed);
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  await expect(options(page).first()).toBeVisible();
  expect(asked).toEqual(["rfc 9000"]);
});

test.describe("when they cannot be had", () => {
  test.use({ expectedComplaints: [/(status of|Status Error Code) 429/] });

  test("the box works without", async ({ page }) => {
    await page.route("/search/suggestions/*", (route) => route.fulfill({ status: 429, body: "" }));
    await page.goto("/");
    const refused = page.waitForResponse((response) => response.url().includes("/search/suggestions/"));
    await box(page).pressSequentially("rfc 9000");
    await refused;
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^QUIC/);
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test("axe finds nothing wrong with open suggestions", async ({ page }) => {
      await page.goto("/");
      await type(page, "quic");
      await page.keyboard.press("ArrowDown");
      await expectAccessible(page);
    });
  });
}
