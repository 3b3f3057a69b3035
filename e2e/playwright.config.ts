import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

// The system's browser: nothing is downloaded. Without one, Playwright looks for its own. The headless shell comes first: a journey
// takes less than half of the processor time that it takes in Debian's Chromium, which paints as if there were a graphics card.
const browsers = [
  process.env.CHROMIUM_PATH ?? "",
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

export default defineConfig({
  testDir: "tests",
  outputDir: "artefacts/failures",
  globalSetup: "./tests/support/start.ts",
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  workers: 2,
  timeout: 30_000,
  // On a busy machine the browser may be overtaken by what it watches. What passes the second time only is told of as flaky.
  retries: 1,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: browsers.find((path) => existsSync(path)) },
    viewport: { width: 1280, height: 900 },
    colorScheme: "light",
    locale: "en-GB",
    timezoneId: "UTC",
    screenshot: { mode: "only-on-failure", fullPage: true },
  },
});
