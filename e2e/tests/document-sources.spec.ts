import { expect, test } from "./support/test.ts";

const shown = (id: string) => `/get-one/by-docid/?docid=${encodeURIComponent(id)}`;

test("a document of two sources says of each value where it is from", async ({ page }) => {
  await page.goto(shown("NIST FIPS 186-5"));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("FIPS 186-5, Digital Signature Standard");
  const head = page.getByRole("article").locator("header");
  await expect(head.getByText("Digital Signature Standard (DSS)")).toBeVisible();
  await expect(head.getByText(/^from\s+misc$/)).toBeVisible();
  await expect(head.getByText(/^from\s+nist$/)).toBeVisible();
  const sources = page.getByRole("region", { name: "Sources" });
  await expect(sources).toContainText("put together from 2 records");
  await expect(sources.getByRole("link")).toHaveText(["reference.NIST.FIPS.186-5", "NIST_FIPS_186-5"]);
  await expect(sources.getByText(/^at commit\s+[0-9a-f]{7}$/)).toHaveCount(2);
});

test("a document of one source says so once", async ({ page }) => {
  await page.goto(shown("RFC 9000"));
  await expect(page.getByRole("region", { name: "Sources" })).toContainText("Everything on this page is from this record.");
  await expect(page.getByText(/^from\s+rfcs$/)).toHaveCount(0);
});

test("problems stand beside the field that they concern, and lead to its line", async ({ page }) => {
  await page.goto(shown("SAMPLE model-broken"));
  const details = page.getByRole("region", { name: "Details" });
  const problem = details.getByRole("listitem").first();
  await expect(problem).not.toBeEmpty();
  await problem.getByRole("link", { name: /^See the record/ }).click();
  await expect(page).toHaveURL(/reference\.SAMPLE\.model-broken\/#L\d+$/);
  await expect(page.locator(":target")).toHaveClass(/at-fault/);
});
