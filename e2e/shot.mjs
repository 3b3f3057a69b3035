import { chromium } from "@playwright/test";
const [base, ...paths] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const [screen, width] of [["d", 1280], ["p", 360]]) for (const colorScheme of ["light", "dark"]) {
  const page = await (await browser.newContext({ viewport: { width, height: 900 }, colorScheme, httpCredentials: { username: "ietf", password: "secret-of-the-journeys" } })).newPage();
  for (const p of paths) { const [name, path] = p.split("=", 2).length > 1 ? [p.slice(0, p.indexOf("=")), p.slice(p.indexOf("=") + 1)] : ["x", p]; await page.goto(base + path); await page.screenshot({ path: `/work/wt/tmp/feeds/shots/${name}-${screen}-${colorScheme}.png`, fullPage: true }); }
}
await browser.close();
