import { expectAccessible } from "./support/axe.ts";
import { test } from "./support/closed.ts";
import { signedIn } from "./support/management.ts";
import { expect } from "./support/test.ts";

const documentPage = "/get-one/by-docid/?docid=RFC+9000";
const api = "/api/v1/by-docid/?docid=RFC+9000";
const callback = "/datatracker-auth/callback/";

// One after another: some of them turn the provider off.
test.describe.configure({ mode: "default" });

test.afterEach(({ closed }) => {
  closed.provider.down = false;
  closed.provider.codeLifetime = 60;
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("a visitor signs in, reads the API by the session, and signs out", async ({ page, context }) => {
      await page.goto(documentPage);
      await expect(page.getByRole("link", { name: "Relaton JSON" })).toHaveCount(0);
      expect((await page.request.get(api)).status()).toBe(403);

      await page.getByRole("link", { name: "Sign in" }).click();
      await page.getByRole("link", { name: "Continue as Ada Lovelace" }).click();
      await expect(page).toHaveURL(/by-docid\/\?docid=RFC\+9000$/);
      await expect(page.getByRole("navigation", { name: "Main" })).toContainText("Ada Lovelace");
      await expect(page.getByRole("link", { name: "Relaton JSON" })).toBeVisible();
      expect((await page.request.get(api)).status()).toBe(200);
      const [session, ...others] = await context.cookies();
      expect(others).toEqual([]);
      expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", domain: "localhost", path: "/" });
      expect(session!.value).not.toContain("Ada");

      await page.getByRole("button", { name: "Sign out" }).click();
      await expect(page).toHaveURL(/by-docid\/\?docid=RFC\+9000$/);
      await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
      expect(await context.cookies()).toEqual([]);
      expect((await page.request.get(api)).status()).toBe(403);
    });
  });
}

test("whoever signed in stays so on every page, and is asked before a link signs out", async ({ page }) => {
  await page.goto("/datatracker-auth/");
  await page.getByRole("link", { name: "Continue" }).click();
  await page.getByRole("link", { name: "API" }).first().click();
  await expect(page.getByRole("navigation", { name: "Main" })).toContainText("Ada Lovelace");
  await expectAccessible(page);
  await page.goto("/datatracker-auth/log-out/");
  await expectAccessible(page);
  await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/:\d+\/$/);
  await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
});

test("a page of another site cannot sign anybody out", async ({ page, closed }) => {
  await page.goto("/datatracker-auth/");
  await page.getByRole("link", { name: "Continue" }).click();
  await page.goto(`${closed.provider.url}/trap?to=${closed.url}/datatracker-auth/log-out/`);
  await page.waitForURL(`${closed.url}/**`);
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
});

test.describe("when it goes wrong", () => {
  test.use({ expectedComplaints: [/status of (400|403|502)/] });

  test("a way back that was forged signs nobody in", async ({ page }) => {
    await page.goto("/datatracker-auth/");
    await page.goto(`${callback}?code=theirs&state=theirs`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Signing in did not work");
    await expect(page.getByRole("main")).toContainText("not begun here");
    await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
    await expectAccessible(page);
  });

  test("a way back that somebody else took over signs nobody in", async ({ page, browser, closed }) => {
    await page.goto("/datatracker-auth/");
    const back = await page.getByRole("link", { name: "Continue" }).getAttribute("href");
    const thief = await browser.newContext();
    const theirs = await thief.newPage();
    await theirs.goto(back!);
    await expect(theirs.getByRole("main")).toContainText("begun in another browser");
    expect((await thief.request.get(closed.url + api)).status()).toBe(403);
    await thief.close();
  });

  test("a code that has expired leads to another attempt", async ({ page, closed }) => {
    closed.provider.codeLifetime = -1;
    await page.goto("/datatracker-auth/?next=/about");
    await page.getByRole("link", { name: "Continue" }).click();
    await expect(page.getByRole("main")).toContainText("perhaps that took too long");
    closed.provider.codeLifetime = 60;
    await page.getByRole("link", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "Continue" }).click();
    await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  });

  test("somebody who says no is signed in nowhere", async ({ page }) => {
    await page.goto("/datatracker-auth/");
    await page.getByRole("link", { name: "Cancel" }).click();
    await expect(page.getByRole("main")).toContainText("did not sign you in");
  });

  test("while the provider is down the service goes on, and signs in when it is back", async ({ page, closed }) => {
    await page.goto("/datatracker-auth/");
    const attempt = page.getByRole("link", { name: "Continue" });
    closed.provider.down = true;
    await attempt.click();
    await expect(page.getByRole("main")).toContainText("Datatracker does not answer");
    await page.goto(documentPage);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("QUIC");
    closed.provider.down = false;
    await page.getByRole("link", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "Continue" }).click();
    await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  });
});

test("a token of the Datatracker opens the API, and no other does", async ({ request, closed }) => {
  const status = async (token: string, path = api) => (await request.get(path, { headers: { "X-Datatracker-Token": token } })).status();
  for (const path of [api, "/api/v1/ref/rfcs/RFC9000/", "/api/v1/search/quic/?query_format=websearch"]) {
    expect(await status(closed.provider.token, path)).toBe(200);
    expect(await status("guessed", path)).toBe(403);
    expect((await request.get(path)).status()).toBe(403);
  }
  for (const path of ["/public/rfc/bibxml/reference.RFC.9000.xml", documentPage, "/api/v1/management/rfcs/status/", "/api/v1/"]) {
    expect((await request.get(path)).status()).toBe(200);
  }
  closed.provider.down = true;
  expect(await status(closed.provider.token)).toBe(200);
  const unknown = await request.get(api, { headers: { "X-Datatracker-Token": "another" } });
  expect(unknown.status()).toBe(503);
  expect(unknown.headers()["retry-after"]).toBeTruthy();
});

test("visits are told to Matomo, unless they are not to be", async ({ page, browser, closed }) => {
  const { matomo, url } = closed;
  matomo.visits.length = 0;
  await page.goto("/search/?query=rfc&query_format=docid_regex");
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect.poll(() => matomo.visits.length).toBe(2);
  expect(matomo.visits[1]).toContain("page=2");

  const untracked = await browser.newContext({ ...signedIn });
  await untracked.addInitScript(() => Object.defineProperty(navigator, "doNotTrack", { value: "1" }));
  const quiet = await untracked.newPage();
  for (const path of ["/", "/management/"]) await quiet.goto(url + path, { waitUntil: "networkidle" });
  await untracked.close();
  const operator = await browser.newContext({ ...signedIn });
  const tools = await operator.newPage();
  await tools.goto(`${url}/management/`, { waitUntil: "networkidle" });
  await operator.close();
  expect(matomo.visits.length).toBe(2);
});
