import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "./support/test.ts";

const sources = resolve(import.meta.dirname, "../sources");

test("a source leads to its records, a record to its document", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("region", { name: "Sources" }).getByRole("link", { name: "rfcs", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("rfcs");
  await expect(page.getByRole("main")).toContainText("58 records");
  await page.getByRole("link", { name: "RFC9001", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("RFC9001");
  await page.getByRole("link", { name: "Document RFC 9001" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Using TLS to Secure QUIC");
  await page.getByRole("region", { name: "Sources" }).getByRole("link", { name: "RFC9001" }).click();
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "rfcs" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("rfcs");
});

test("every source of the first page was indexed", async ({ page }) => {
  await page.goto("/");
  const rows = page.getByRole("region", { name: "Sources" }).getByRole("row");
  await expect(rows.getByRole("rowheader").getByRole("link")).toHaveText(["rfcs", "ids", "rfcsubseries", "misc", "w3c", "3gpp", "ieee", "iana", "nist"]);
  await expect(rows.getByText("never")).toHaveCount(0);
});

test("a record that breaks the model is shown with what is wrong", async ({ page }) => {
  await page.goto("/indexed-sources/relaton-data-misc/");
  const entry = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "reference.SAMPLE.model-broken" }) });
  await expect(entry).toContainText(/\d+ problems/);
  await entry.getByRole("link").click();
  const problems = page.getByRole("region", { name: "Problems" });
  const spring = problems.getByRole("listitem").filter({ hasText: "some time in spring" });
  await expect(spring).toContainText("date[0].value");
  await spring.getByRole("link", { name: "Line 13" }).click();
  await expect(page.locator(":target")).toContainText("some time in spring");
});

test("the file is shown, and copied, as the source has it", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const file = readFileSync(`${sources}/relaton-data-w3c/data/dnote-clreq-20230801.yaml`, "utf8");
  await page.goto("/indexed-sources/relaton-data-w3c/dnote-clreq-20230801/");
  await page.getByRole("button", { name: "Copy the file" }).click();
  await expect(page.getByRole("status")).toHaveText("the file copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(file);
});
