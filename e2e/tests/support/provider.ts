import { createHash, createSign, generateKeyPairSync, randomBytes } from "node:crypto";
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

interface Given {
  request: URLSearchParams;
  until: number;
}

/**
 * A stand-in for the Datatracker: people sign in at it (OpenID Connect, with proof keys, and the name beside the
 * token), and it knows one token of the API.
 */
export class Provider {
  readonly clientID = "bibxml-e2e";
  readonly secret = "the secret of the service: + % ä";
  readonly person = { sub: "1234", name: "Ada Lovelace" };
  readonly token = "a-token-of-the-datatracker";

  /** Whether it answers nobody. */
  down = false;
  /** How long its codes are good, in seconds. */
  codeLifetime = 60;

  private readonly key = generateKeyPairSync("rsa", { modulusLength: 2048 });
  private readonly given = new Map<string, Given>();
  private readonly accessTokens = new Set<string>();
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

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

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams((await buffer(request)).toString());
    if (this.down) {
      request.socket.destroy();
      return;
    }
    const { pathname, searchParams } = new URL(request.url!, this.url);
    switch (`${request.method} ${pathname}`) {
      case "GET /.well-known/openid-configuration":
        return json(response, 200, {
          issuer: this.url,
          authorization_endpoint: `${this.url}/authorize`,
          token_endpoint: `${this.url}/token`,
          userinfo_endpoint: `${this.url}/userinfo`,
          jwks_uri: `${this.url}/jwks`,
          id_token_signing_alg_values_supported: ["HS256", "RS256"],
          token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
        });
      case "GET /jwks":
        return json(response, 200, { keys: [{ ...this.key.publicKey.export({ format: "jwk" }), kid: "1", alg: "RS256", use: "sig" }] });
      case "GET /authorize":
        return this.ask(response, searchParams);
      case "POST /token":
        return this.exchange(request, response, form);
      case "GET /userinfo": {
        const known = this.accessTokens.has((request.headers.authorization ?? "").replace("Bearer ", ""));
        return json(response, known ? 200 : 401, known ? this.person : {});
      }
      case "POST /api/appauth/bibxml": {
        const known = form.get("apikey") === this.token;
        return json(response, known ? 200 : 403, { success: known });
      }
      case "GET /trap":
        return html(response, 200, trap(searchParams.get("to")!));
    }
    response.writeHead(pathname === "/favicon.ico" ? 204 : 404).end();
  }

  /** Asks the person, as the page of a provider does. */
  private ask(response: ServerResponse, request: URLSearchParams): void {
    const wanted =
      request.get("client_id") === this.clientID &&
      request.get("response_type") === "code" &&
      request.get("scope") === "openid profile" &&
      request.get("code_challenge_method") === "S256" &&
      !!request.get("nonce") &&
      !!request.get("state");
    if (!wanted) return html(response, 400, "<title>Refused</title><h1>Refused</h1>");
    const code = randomBytes(16).toString("hex");
    this.given.set(code, { request, until: Date.now() + this.codeLifetime * 1000 });
    const back = (answer: Record<string, string>) =>
      `${request.get("redirect_uri")}?${new URLSearchParams({ ...answer, state: request.get("state")! })}`.replaceAll("&", "&amp;");
    html(
      response,
      200,
      `<title>Datatracker</title><h1>Sign in</h1>
       <p><a href="${back({ code })}">Continue as ${this.person.name}</a> <a href="${back({ error: "access_denied" })}">Cancel</a></p>`,
    );
  }

  /** Gives tokens for a code, once, to whoever asked for it. */
  private exchange(request: IncomingMessage, response: ServerResponse, form: URLSearchParams): void {
    const [id, secret] = Buffer.from((request.headers.authorization ?? "").replace("Basic ", ""), "base64")
      .toString()
      .split(":")
      .map((part) => decodeURIComponent(part.replaceAll("+", " ")));
    if (id !== this.clientID || secret !== this.secret) return json(response, 401, { error: "invalid_client" });
    const code = form.get("code") ?? "";
    const given = this.given.get(code);
    this.given.delete(code);
    const challenge = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
    const good =
      given &&
      Date.now() < given.until &&
      challenge === given.request.get("code_challenge") &&
      form.get("redirect_uri") === given.request.get("redirect_uri");
    if (!good) return json(response, 400, { error: "invalid_grant" });
    const accessToken = randomBytes(16).toString("hex");
    this.accessTokens.add(accessToken);
    json(response, 200, { access_token: accessToken, token_type: "Bearer", id_token: this.sign(given.request.get("nonce")!) });
  }

  private sign(nonce: string): string {
    const now = Math.floor(Date.now() / 1000);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = { iss: this.url, aud: this.clientID, sub: this.person.sub, nonce, iat: now, exp: now + 60 };
    const signed = `${part({ alg: "RS256", kid: "1" })}.${part(claims)}`;
    return `${signed}.${createSign("RSA-SHA256").update(signed).sign(this.key.privateKey, "base64url")}`;
  }
}

/** A page of another site that sends a form to an address as soon as it is looked at. */
function trap(to: string): string {
  return `<title>Trap</title><form method="post" action="${to}"><button>Win</button></form><script>document.forms[0].submit()</script>`;
}

function json(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
}

function html(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "Content-Type": "text/html; charset=utf-8" }).end(
    `<!doctype html><html lang="en"><link rel="icon" href="data:,">${body}</html>`, // no icon: none is asked for while it is down
  );
}
