import type { Page } from "@playwright/test";
import axe from "axe-core";
import { expect } from "./test.ts";

/** Expects that axe finds no violation of its rules on the page as it is now, best practices included. */
export async function expectAccessible(page: Page): Promise<void> {
  // By the debugger, which the content security policy does not bind.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const results = await axe.run(document, { resultTypes: ["violations"] });
    return results.violations.map((violation) => ({
      rule: violation.id,
      help: violation.help,
      where: violation.nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary}`),
    }));
  });
  expect(violations, `violations on ${page.url()}`).toEqual([]);
}
