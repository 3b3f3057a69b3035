import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { start } from "./program.ts";
import { Provider } from "./provider.ts";
import { test as base } from "./test.ts";

/** A Matomo server that notes what it is told. */
export class Matomo {
  /** The addresses of the visits that were counted. */
  readonly visits: string[] = [];

  private readonly server: Server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, "http://matomo");
    if (pathname === "/matomo.php") this.visits.push(searchParams.get("url")!);
    // As much of the tracker as the journeys need.
    const script = `
      const told = Object.fromEntries(window._paq.map(([name, value]) => [name, value]));
      const count = () => { new Image().src = told.setTrackerUrl + "?idsite=" + told.setSiteId + "&url=" + encodeURIComponent(location.href); };
      window._paq = { push: (...calls) => calls.forEach(([name]) => name === "trackPageView" && count()) };
      count();`;
    const image = Buffer.from("R0lGODlhAQABAAAAACwAAAAAAQABAAA=", "base64");
    const [type, body] = pathname === "/matomo.js" ? ["text/javascript", script] : ["image/gif", image];
    response.writeHead(200, { "Content-Type": type }).end(body);
  });

  async start(): Promise<void> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
}

/** An installation whose API is closed, with all around it that visitors meet. */
export interface Closed {
  url: string;
  provider: Provider;
  matomo: Matomo;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** The test of journeys through an installation whose API is closed. It is started once for each worker. */
export const test = base.extend<object, { closed: Closed }>({
  closed: [
    async ({}, use) => {
      const [provider, matomo, port] = [new Provider(), new Matomo(), await freePort()];
      await Promise.all([provider.start(), matomo.start()]);
      const program = await start({
        log: "closed",
        awaited: ["/public/rfc/bibxml/reference.RFC.9000.xml"],
        env: {
          PORT: String(port),
          REQUIRE_DATATRACKER_AUTH: "1",
          DATATRACKER_URL: provider.url,
          DATATRACKER_OIDC_URL: provider.url,
          DATATRACKER_CLIENT_ID: provider.clientID,
          DATATRACKER_CLIENT_SECRET: provider.secret,
          DATATRACKER_REDIRECT_URI: `http://localhost:${port}/datatracker-auth/callback/`,
          MATOMO_URL: matomo.url,
          MATOMO_SITE_ID: "7",
        },
      });
      await use({ url: program.url, provider, matomo });
      await Promise.all([program.stop(), provider.stop(), matomo.stop()]);
    },
    { scope: "worker", timeout: 240_000 },
  ],
  baseURL: async ({ closed }, use) => use(closed.url),
});
