import { layoutShift } from "./support/shift.ts";
import { expect, test } from "./support/test.ts";

// What a page may weigh over the wire with its styles and scripts, for a visitor who has none of them yet.
const limit = 100 * 1024;

for (const [name, path] of Object.entries({
  home: "/",
  results: "/search/?query=rfc",
  "as many results as there can be": "/search/?query=rfc&size=100",
  "nothing found": "/search/?query=xyzzyplugh",
  "advanced search": "/search/advanced/",
  document: "/RFC9000",
  "document with many relations": "/RFC8996",
})) {
  test(`the page of ${name} weighs less than 100 KB`, async ({ page }) => {
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    let transferred = 0;
    session.on("Network.loadingFinished", ({ encodedDataLength }) => (transferred += encodedDataLength));
    await page.goto(path, { waitUntil: "networkidle" });
    expect(transferred).toBeGreaterThan(10 * 1024);
    expect(transferred).toBeLessThan(limit);
  });

  test(`nothing moves while the page of ${name} comes`, async ({ page }) => {
    await page.goto(path, { waitUntil: "networkidle" });
    const shift = await layoutShift(page);
    expect(shift).toBeLessThan(0.01); // a line of the footer may get its width late
  });
}
