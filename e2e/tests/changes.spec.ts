import { resolve } from "node:path";
import { expectAccessible } from "./support/axe.ts";
import { signedIn } from "./support/management.ts";
import { type Program, start } from "./support/program.ts";
import { Source, Sources } from "./support/sources.ts";
import { expect, test } from "./support/test.ts";

// These journeys change a source, so they have a program and sources of their own.
test.describe.configure({ mode: "serial" });
test.skip(!!process.env.E2E_URL && !process.env.BIBXML_BIN, "needs a program of its own, not one that runs already");

let program: Program;
let sources: Sources;
let rfcs: Source;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  sources = new Sources();
  rfcs = sources.of("rfcs");
  const nowhere = await sources.unreachable();
  const env: Record<string, string> = { SOURCE_URL_TEMPLATE: `${nowhere}{dataset}.git`, SOURCE_URL_RFCS: rfcs.path };
  program = await start({ env, awaited: ["/api/v1/ref/rfcs/RFC9000/"], log: "changes" });
});

test.afterAll(async () => {
  await program?.stop();
  sources?.close();
});

const gallery = resolve(import.meta.dirname, "../artefacts/gallery");

/** What Chromium writes into the console about a page that is gone. */
const goneComplaint = /status of 410/;

const withdrawn = "/indexed-sources/relaton-data-rfcs/RFC0020/";
const record = "/indexed-sources/relaton-data-rfcs/RFC9000/";

/** The titles of the entries of a feed, in order. */
async function entries(path: string): Promise<string[]> {
  const answer = await fetch(program.url + path);
  expect(answer.headers.get("Content-Type")).toBe("application/atom+xml; charset=utf-8");
  return [...(await answer.text()).matchAll(/<entry>.*?<title>(.*?)<\/title>/gs)].map(([, title]) => title!);
}

test("a source that was indexed for the first time is no news", async ({ page }) => {
  expect(await entries("/feed.atom")).toEqual([]);
  await page.goto(program.url + record);
  await expect(page.getByRole("region", { name: "Changes" })).toHaveCount(0);
});

test.describe("after a change", () => {
  test.beforeAll(async ({ browser }) => {
    rfcs.replace("RFC9000.yaml", "Multiplexed and Secure Transport", "Multiplexed, Secure Transport");
    rfcs.replace("RFC9000.yaml", "value: 2021-05", "value: 2021-06");
    rfcs.remove("RFC0020.yaml");
    rfcs.write("RFC9999.yaml", "docid: [{id: RFC 9999, type: IETF, primary: true}]\ntitle: A new one about transport\n");
    rfcs.commit("News");
    const context = await browser.newContext(signedIn);
    const page = await context.newPage();
    await page.goto(`${program.url}/management/indexable-sources/rfcs/`);
    await page.getByRole("region", { name: "Actions" }).getByRole("button", { name: /^Start/ }).click();
    await expect(page.getByRole("region", { name: "State" }).getByText("Done", { exact: true })).toBeVisible({ timeout: 30_000 });
    await context.close();
  });

  test("a record tells what changed in it, field by field", async ({ page }) => {
    await page.goto(program.url + record);
    const changes = page.getByRole("region", { name: "Changes" });
    await expect(changes.getByRole("listitem")).toHaveCount(1);
    await expect(changes).toContainText(/Changed \d+ \w+ \d{4}, \d\d:\d\d UTC/);
    await expect(changes.getByRole("deletion")).toHaveText(["2021-05", "QUIC: A UDP-Based Multiplexed and Secure Transport"]);
    await expect(changes.getByRole("insertion")).toHaveText(["2021-06", "QUIC: A UDP-Based Multiplexed, Secure Transport"]);
    await expect(changes.getByRole("term")).toHaveText(["date[0].value", "title[0].content"]);
    await expectAccessible(page);
  });

  test("a new record tells since when it is there", async ({ page }) => {
    await page.goto(`${program.url}/indexed-sources/relaton-data-rfcs/RFC9999/`);
    await expect(page.getByRole("region", { name: "Changes" })).toContainText("New");
  });

  test.describe("a record that was withdrawn", () => {
    test.use({ expectedComplaints: [goneComplaint] });

    test("says so", async ({ page }) => {
      await page.goto(program.url + withdrawn);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("RFC0020");
      await expect(page.getByRole("main")).toContainText("does not have this record any more");
      await expect(page.getByRole("region", { name: "Changes" })).toContainText("Withdrawn");
      await expectAccessible(page);
    });
  });

  test("the feed of everything, of a source and of a search are found from their pages", async ({ page }) => {
    const all = ["RFC 9999: A new one about transport", "RFC 9000: QUIC: A UDP-Based Multiplexed, Secure Transport", "RFC 20: ASCII format for network interchange"];
    const follow = async (path: string, label: string) => {
      await page.goto(program.url + path);
      const link = page.getByRole("main").getByRole("link", { name: label });
      const address = (await link.getAttribute("href"))!;
      const announced = page.locator('link[rel="alternate"][type="application/atom+xml"]').first();
      expect(await announced.getAttribute("href")).toBe(address);
      return entries(address);
    };
    expect(await follow("/", "Follow what is new, changed and withdrawn")).toEqual(all);
    expect(await follow("/indexed-sources/relaton-data-rfcs/", "Follow its changes")).toEqual(all);
    expect(await follow("/search/?query=transport", "Follow this search")).toEqual(all.slice(0, 2));
    expect(await follow("/search/?query=ascii+interchange&query_format=websearch", "Follow this search")).toEqual(all.slice(2));
  });

  for (const [screen, width] of [["desktop", 1280], ["phone", 360]] as const) {
    for (const colorScheme of ["light", "dark"] as const) {
      test.describe(`${screen}, ${colorScheme}`, () => {
        test.use({ viewport: { width, height: 900 }, colorScheme, expectedComplaints: [goneComplaint] });

        test("changes are drawn, and fit", async ({ page }) => {
          for (const [name, path] of Object.entries({ changed: record, withdrawn })) {
            await page.goto(program.url + path);
            await expect(page.getByRole("region", { name: "Changes" })).toBeVisible();
            expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
            await page.screenshot({ path: `${gallery}/record-${name}-${screen}-${colorScheme}.png`, fullPage: true });
          }
        });
      });
    }
  }
});
