import { type Page, expect, test as base } from "@playwright/test";

interface Options {
  /** Complaints of the browser that a journey provokes on purpose, such as the status of an error page. */
  expectedComplaints: RegExp[];
}

/** The test of what is asked without a browser: it knows where the program serves. */
export const served = base.extend({
  // Global setup sets the variable after the configuration was read.
  baseURL: async ({}, use) => use(process.env.E2E_URL),
});

/**
 * The test of every journey: it fails when the browser complains of anything, breaches of the content
 * security policy and uncaught errors among them.
 */
export const test = served.extend<Options & { quiet: void }>({
  expectedComplaints: [[], { option: true }],
  quiet: [
    async ({ page, expectedComplaints }, use) => {
      const complaints: string[] = [];
      listen(page, (text) => {
        if (!expectedComplaints.some((expected) => expected.test(text))) complaints.push(text);
      });
      await use();
      expect(complaints, "complaints of the browser").toEqual([]);
    },
    { auto: true },
  ],
});

// What htmx says of a request that was given up, for another or with the page. Of one that failed it says more than that.
const givenUp = /^htmx:(sendAbort|afterRequest), /;

function listen(page: Page, complain: (text: string) => void): void {
  page.on("console", (message) => {
    if (givenUp.test(message.text())) return;
    if (message.type() === "error" || message.type() === "warning") {
      complain(`${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on("pageerror", (error) => complain(`uncaught: ${error.message}`));
  page.on("requestfailed", (request) => {
    // A page that is left takes its unfinished requests with it.
    const reason = request.failure()?.errorText ?? "";
    if (reason !== "net::ERR_ABORTED") complain(`request failed: ${request.url()} ${reason}`);
  });
}

export { expect, type Page };
