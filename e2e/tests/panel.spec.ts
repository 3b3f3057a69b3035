import { resolve } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { signedIn } from "./support/management.ts";
import { notFoundComplaint } from "./support/pages.ts";
import { type Program, start } from "./support/program.ts";
import { Source, Sources } from "./support/sources.ts";
import { expect, test } from "./support/test.ts";

// These journeys change what is indexed, one after the other, so they have a program and sources of their own:
// two that can be read, and one that cannot be reached, or keeps whoever asks waiting for as long as a journey needs it.
test.describe.configure({ mode: "serial" });
test.use(signedIn);
test.skip(!!process.env.E2E_URL && !process.env.BIBXML_BIN, "needs a program of its own, not one that runs already");

const panel = "/management/";
const pageOf = (dataset: string) => `${panel}indexable-sources/${dataset}/`;

let program: Program;
let sources: Sources;
let rfcs: Source;
let misc: Source;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  sources = new Sources();
  rfcs = sources.of("rfcs");
  misc = sources.of("misc");
  const nowhere = await sources.unreachable();
  const env: Record<string, string> = { SOURCE_URL_TEMPLATE: `${nowhere}{dataset}.git`, SOURCE_URL_RFCS: rfcs.path, SOURCE_URL_MISC: misc.path, SOURCE_URL_XML2RFC: nowhere };
  program = await start({ env, awaited: ["/api/v1/ref/rfcs/RFC9000/", "/api/v1/ref/misc/reference.ISO.8601.2004/"], log: "panel" });
});

test.afterAll(async () => {
  await program?.stop();
  sources?.close();
});

/** Opens a page of the panel. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(program.url + path);
}

/** Expects that the task whose page this is ends in a way. Without JavaScript somebody has to reload it. */
async function expectEnd(page: Page, status: string, scripted = true): Promise<void> {
  const state = page.getByRole("region", { name: "State" });
  if (scripted) return expect(state.getByText(status, { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(async () => {
    await page.reload();
    await expect(state.getByText(status, { exact: true })).toBeVisible({ timeout: 100 });
  }).toPass({ timeout: 30_000 });
}

/** Presses the button or follows the link of a source's page that begins an action. */
async function act(page: Page, dataset: string, role: "button" | "link", name: string): Promise<void> {
  await open(page, pageOf(dataset));
  await page.getByRole("region", { name: "Actions" }).getByRole(role, { name: new RegExp(`^${name}`) }).click();
}

for (const scripted of [true, false]) {
  test.describe(scripted ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled: scripted });

    test("an indexing is started, ends, and tells what changed", async ({ page }) => {
      const ref = scripted ? "reference.NEW.1" : "reference.NEW.2";
      misc.write(`${ref}.yaml`, `docid: [{id: "NEW ${ref}", type: NEW, primary: true}]\ntitle: Just come in\ndate: [{type: published, value: soon}]\n`);
      misc.commit("One more");
      await open(page, panel);
      await page.getByRole("button", { name: "Start misc" }).click();
      await expect(page).toHaveURL(/\/management\/tasks\/[0-9a-f-]{36}\/$/);
      await expectEnd(page, "Done", scripted);
      await expect(page.getByRole("region", { name: "What changed" })).toContainText("Just come in");
      await expect(page.getByRole("region", { name: "Problems" })).toContainText(`data/${ref}.yaml`);
      await expect(page.getByRole("region", { name: "Log" })).toContainText("1 added");
      await expect(page.getByRole("link", { name: "Stop…" })).toHaveCount(0);
      await expect(page.getByRole("main")).toContainText(/by ietf from 127\.0\.0\.1/);
      await page.getByRole("region", { name: "What changed" }).getByRole("link", { name: ref, exact: true }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(ref);
    });

    test("nothing new is said to be so", async ({ page }) => {
      await act(page, "rfcs", "button", "Start");
      await expectEnd(page, "Nothing new", scripted);
    });

    test("some records are indexed by their names", async ({ page }) => {
      await open(page, pageOf("rfcs"));
      await page.getByLabel("Only these records").fill("RFC9000, RFC2119\ndata/RFC8174.yaml");
      await page.getByRole("button", { name: "Index these" }).click();
      await expectEnd(page, "Done", scripted);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Index 3 records: rfcs");
    });

    test("problems are searched and leafed through", async ({ page }) => {
      await open(page, pageOf("misc"));
      await page.getByRole("region", { name: "Problems" }).getByRole("link", { name: /records? with problems/ }).click();
      await expect(page.getByRole("heading", { level: 2 })).toHaveText(/^\d+ problems$/);
      await page.waitForLoadState(); // what is typed before the script is there waits for Enter
      await page.getByLabel("Search in the problems").fill("model-broken");
      if (!scripted) await page.getByRole("button", { name: "Search", exact: true }).click();
      await expect(page).toHaveURL(/text=model-broken/);
      for (const entry of await page.getByRole("region", { name: /problem/ }).getByRole("listitem").all()) {
        await expect(entry).toContainText("data/reference.SAMPLE.model-broken.yaml");
      }
      await page.getByLabel("Search in the problems").fill("xyzzy");
      if (!scripted) await page.getByRole("button", { name: "Search", exact: true }).click();
      await expect(page.getByRole("heading", { level: 2 })).toHaveText("No problems like that");
    });

    test("a run is stopped after a confirmation, and says by whom", async ({ page }) => {
      sources.hangs = true;
      try {
        await act(page, "nist", "button", "Start");
        await expect(async () => {
          if (!scripted) await page.reload();
          await expect(page.getByRole("progressbar", { name: "Fetching" })).toBeVisible({ timeout: 2000 });
        }).toPass();
        if (scripted) await expect(page.getByRole("link", { name: "Reload" })).toBeHidden();
        await page.getByRole("link", { name: "Stop…" }).click();
        await expect(page.getByRole("main")).toContainText("the index stays as it was before");
        await page.getByRole("button", { name: "Stop it" }).click();
        await expectEnd(page, "Stopped", scripted);
        await expect(page.getByRole("region", { name: "State" })).toContainText("at the wish of ietf from 127.0.0.1");
      } finally {
        sources.hangs = false;
      }
    });

    test("a failure is told, and the index stays", async ({ page }) => {
      await act(page, "nist", "button", "Start");
      await expectEnd(page, "Failed", scripted);
      await expect(page.getByRole("region", { name: "State" })).toContainText("The index is as it was before.");
    });

    test("a source that lost a third is held back until somebody confirms", async ({ page }) => {
      const names = misc.names();
      const lost = names.slice(0, Math.ceil(names.length / 2));
      misc.remove(...lost);
      misc.commit("Half is gone");
      await act(page, "misc", "button", "Start");
      await expectEnd(page, "Held back", scripted);
      await open(page, panel);
      await expect(page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "misc" }) })).toContainText("Held back");
      expect((await page.request.get(`${program.url}/api/v1/ref/misc/${lost[0]!.replace(/\.yaml$/, "")}/`)).status()).toBe(200);
      await act(page, "misc", "link", "Force…");
      await expect(page.getByRole("main")).toContainText(`no longer has ${lost.length} of its`);
      await page.getByRole("button", { name: "Force the indexing" }).click();
      await expectEnd(page, "Done", scripted);
      expect((await page.request.get(`${program.url}/api/v1/ref/misc/${lost[0]!.replace(/\.yaml$/, "")}/`)).status()).toBe(404);
      await page.getByRole("region", { name: "What changed" }).getByRole("link", { name: /All \d+ changes|Search in them/ }).click();
      await page.getByRole("link", { name: "Removed", exact: true }).click();
      await expect(page.getByRole("heading", { level: 2 })).toHaveText(`${lost.length} changes`);
      misc.git("revert", "--no-edit", "HEAD");
      await act(page, "misc", "button", "Start");
      await expectEnd(page, "Done", scripted);
    });

    test("a reset says what it destroys, and does it", async ({ page }) => {
      await act(page, "rfcs", "link", "Reset…");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Reset rfcs");
      await expect(page.getByRole("main")).toContainText(/All \d+ records that came from rfcs are removed/);
      await page.getByRole("link", { name: "Cancel" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("rfcs");
      expect((await page.request.get(`${program.url}/api/v1/ref/rfcs/RFC9000/`)).status()).toBe(200);
      await act(page, "rfcs", "link", "Reset…");
      await page.getByRole("button", { name: "Remove everything from rfcs" }).click();
      await expectEnd(page, "Done", scripted);
      expect((await page.request.get(`${program.url}/api/v1/ref/rfcs/RFC9000/`)).status()).toBe(404);
      await act(page, "rfcs", "button", "Start");
      await expectEnd(page, "Done", scripted);
      expect((await page.request.get(`${program.url}/api/v1/ref/rfcs/RFC9000/`)).status()).toBe(200);
    });

    test("all tasks are stopped at once", async ({ page }) => {
      sources.hangs = true;
      try {
        await act(page, "nist", "button", "Start");
        await act(page, "rfcs", "button", "Start");
        await open(page, panel);
        await page.getByRole("link", { name: "Stop all…" }).click();
        await expect(page.getByRole("main")).toContainText("rfcs (waiting)");
        await page.getByRole("button", { name: "Stop all" }).click();
        await expect(page.getByText("Every task that waited is stopped")).toBeVisible();
        await expect(async () => {
          if (!scripted) await page.reload();
          await expect(page.getByText("Running", { exact: true })).toHaveCount(0, { timeout: 1000 });
        }).toPass();
      } finally {
        sources.hangs = false;
      }
    });
  });
}

test("a page that is left open goes on by itself", async ({ page, context }) => {
  sources.hangs = true;
  try {
    await act(page, "nist", "button", "Start");
    await expect(page.getByRole("progressbar")).toBeVisible();
    const address = page.url();
    await page.reload();
    await expect(page.getByRole("progressbar")).toBeVisible();
    const overview = await context.newPage();
    await overview.goto(program.url + panel);
    const nist = overview.getByRole("listitem").filter({ has: overview.getByRole("heading", { name: "nist" }) });
    await expect(nist.getByText("Running", { exact: true })).toBeVisible();
    const id = address.split("/").at(-2)!;
    await page.request.post(`${program.url}/api/v1/management/tasks/${id}/stop/`, { headers: { "X-IETF-Token": signedIn.httpCredentials.password } });
    await expectEnd(page, "Stopped");
    await expect(page.getByRole("link", { name: "Stop…" })).toHaveCount(0);
    await expect(page).toHaveTitle(/^Stopped/);
    await expect(nist.getByText("Running", { exact: true })).toHaveCount(0);
  } finally {
    sources.hangs = false;
  }
});

test("an indexing is started and followed without a mouse", async ({ page }) => {
  await open(page, pageOf("misc"));
  await page.getByRole("region", { name: "Actions" }).getByRole("button", { name: /^Start/ }).focus();
  await page.keyboard.press("Enter");
  await expectEnd(page, "Nothing new");
  await open(page, panel);
  const more = page.getByText("More for misc");
  await more.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Force misc" })).toBeFocused();
  await expect(page.getByRole("button", { name: "Force misc" })).not.toHaveCSS("outline-style", "none");
});

test("forms from elsewhere and old ones are refused", async ({ page }) => {
  const foreign: Record<string, string>[] = [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }, {}];
  for (const headers of foreign) {
    const response = await page.request.post(`${program.url}${pageOf("misc")}start/`, { headers, form: { csrf_token: "guessed" } });
    expect(response.status()).toBe(403);
  }
});

test("River's own view of the queue is there to read", async ({ page }) => {
  await open(page, panel);
  await page.getByRole("link", { name: "Queue", exact: true }).click();
  await expect(page).toHaveURL(/\/management\/queue\//);
  await expect(page.getByRole("link", { name: /Jobs/ }).first()).toBeVisible();
  const changed = await page.request.post(`${program.url}/management/queue/api/jobs/cancel`, { data: { ids: ["1"] } });
  expect(changed.status()).toBe(405);
});

test.describe("where there is nothing", () => {
  test.use({ expectedComplaints: [notFoundComplaint] });

  test("unknown sources are not found, unknown tasks are said to be so", async ({ page }) => {
    for (const path of ["", "problems/", "reset/"]) {
      expect((await page.goto(program.url + pageOf("nope") + path))?.status()).toBe(404);
    }
    expect((await page.goto(`${program.url}${panel}tasks/nope/`))?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("No such task");
  });
});

/** The pages of the panel, each in a state worth looking at, as these journeys have left them. */
async function states(page: Page): Promise<Record<string, string>> {
  await open(page, `${pageOf("misc")}?tasks=all`);
  const task = async (name: RegExp) => {
    const entry = page.getByRole("region", { name: "Tasks" }).getByRole("listitem").filter({ hasText: name }).first();
    return new URL((await entry.getByRole("link").first().getAttribute("href"))!, program.url).pathname;
  };
  const [done, held] = [await task(/removed.*with problems/), await task(/Held back/)];
  return {
    overview: panel,
    source: pageOf("misc"),
    "source-failed": pageOf("nist"),
    "source-archive": pageOf("xml2rfc"),
    problems: `${pageOf("misc")}problems/`,
    "task-done": done,
    "task-problems": `${done}problems/`,
    "task-changes": `${done}changes/`,
    "task-held-back": held,
    "task-unknown": `${panel}tasks/nope/`,
    reset: `${pageOf("misc")}reset/`,
    "stop-all": `${panel}tasks/stop-all/`,
  };
}

const gallery = resolve(import.meta.dirname, "../artefacts/gallery");
const screens = {
  desktop: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
};

for (const [screen, options] of Object.entries(screens)) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${screen}, ${colorScheme}`, () => {
      test.use({ ...options, colorScheme, expectedComplaints: [notFoundComplaint] }); // the unknown task's

      test("every page can be used by everybody, and fits", async ({ page }) => {
        test.setTimeout(180_000);
        const check = async (name: string) => {
          for (const summary of await page.locator("main summary").all()) await summary.click();
          await expectAccessible(page);
          expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(options.viewport.width);
          await page.screenshot({ path: `${gallery}/panel-${name}-${screen}-${colorScheme}.png`, fullPage: true });
        };
        for (const [name, path] of Object.entries(await states(page))) {
          await open(page, path);
          await check(name);
        }
        sources.hangs = true;
        try {
          await act(page, "nist", "button", "Start");
          await expect(page.getByRole("progressbar")).toBeVisible();
          await check("task-running");
          await open(page, panel);
          await check("overview-running");
          await page.getByRole("link", { name: "Stop all…" }).click();
          await page.getByRole("button", { name: "Stop all" }).click();
        } finally {
          sources.hangs = false;
        }
      });
    });
  }
}
