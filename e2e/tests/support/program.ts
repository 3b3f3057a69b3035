import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, createWriteStream, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { secret } from "./management.ts";

const root = resolve(import.meta.dirname, "../../..");

/** Where the logs of programs are kept, for whoever has to find out why a journey failed. */
const logs = resolve(import.meta.dirname, "../../artefacts");

/** How long a start may take: the first one may have to fetch PostgreSQL. */
const startLimit = 180_000;

/** How long the program gets to stop by itself, its database included. */
const stopLimit = 20_000;

/** One document of every sample source, and one file of the archive: when all of them answer, the sources are indexed. */
const samples = [
  "/api/v1/ref/rfcs/RFC9000/",
  "/api/v1/ref/ids/draft-ietf-quic-transport-34/",
  "/api/v1/ref/rfcsubseries/BCP0014/",
  "/api/v1/ref/misc/reference.ISO.8601.2004/",
  "/api/v1/ref/w3c/rec-xml-20081126/",
  "/api/v1/ref/3gpp/TS_23.501_REL-17_17.8.0/",
  "/api/v1/ref/ieee/IEEE_STD_754-2019/",
  "/api/v1/ref/iana/quic/",
  "/api/v1/ref/nist/NIST_FIPS_186-5/",
  "/public/rfc/bibxml2/reference.ANSI.T1-102.1987.xml",
];

/** The program under test. */
export interface Program {
  /** Where it serves, without a final slash. */
  url: string;
  stop(): Promise<void>;
}

/** Builds the program, unless BIBXML_BIN names one that is built. */
function binary(): string {
  if (process.env.BIBXML_BIN) return resolve(process.env.BIBXML_BIN);
  const path = join(root, "bin", "bibxml");
  execFileSync("go", ["build", "-o", path, "."], { cwd: root, stdio: "inherit" });
  return path;
}

/** What a program is started with. */
export interface Options {
  /** Further variables of its environment. */
  env?: Record<string, string>;
  /** Addresses that answer once it is ready: those of the sample sources, unless others are named. */
  awaited?: string[];
  /** Name of its log. */
  log?: string;
}

/** Starts `bibxml run` on a free port, with data of its own, and waits until its sources are indexed. */
export async function start({ env = {}, awaited = samples, log = "program" }: Options = {}): Promise<Program> {
  const logFile = join(logs, `${log}.log`);
  const data = mkdtempSync(join(tmpdir(), "bibxml-e2e-"));
  chmodSync(data, 0o755); // as root, PostgreSQL runs under another account, which has to get in
  // A Datatracker that knows no draft, and no Crossref: the journeys must not depend on services elsewhere, nor trouble them.
  const datatracker = createServer((_, response) => void response.writeHead(404).end());
  await new Promise<void>((done) => datatracker.listen(0, "127.0.0.1", done));
  const child = spawn(binary(), ["run"], {
    cwd: data,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: process.env.TMPDIR,
      PORT: "0",
      METRICS_PORT: "0",
      BIBXML_DATA: data,
      API_SECRET: secret,
      DATATRACKER_URL: `http://127.0.0.1:${(datatracker.address() as AddressInfo).port}`,
      CROSSREF_URL: "http://127.0.0.1:9",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = async () => {
    await end(child);
    datatracker.closeAllConnections();
    datatracker.close();
    rmSync(data, { recursive: true, force: true });
  };
  try {
    const url = await address(child, logFile);
    await indexed(url, child, awaited, logFile);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address that the program writes into its log when it listens. */
function address(child: ChildProcess, logFile: string): Promise<string> {
  mkdirSync(logs, { recursive: true });
  const log = createWriteStream(logFile);
  return new Promise((done, fail) => {
    const read = (line: string) => {
      log.write(line + "\n");
      const [, url] = /\bmsg=serving url=(\S+)/.exec(line) ?? [];
      if (url) done(url);
    };
    createInterface({ input: child.stdout! }).on("line", read);
    createInterface({ input: child.stderr! }).on("line", read);
    child.once("error", fail);
    child.once("exit", (code) => fail(new Error(`the program ended with ${code} before it served; see ${logFile}`)));
    setTimeout(() => fail(new Error(`the program wrote no address within ${startLimit} ms; see ${logFile}`)), startLimit).unref();
  });
}

async function indexed(url: string, child: ChildProcess, awaited: string[], logFile: string): Promise<void> {
  const until = Date.now() + startLimit;
  for (const path of ["/healthz/", ...awaited]) {
    while (!(await answers(url + path))) {
      if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}; see ${logFile}`);
      if (Date.now() > until) throw new Error(`${path} did not answer within ${startLimit} ms; see ${logFile}`);
      await new Promise((wake) => setTimeout(wake, 200));
    }
  }
}

async function answers(address: string): Promise<boolean> {
  try {
    return (await fetch(address)).ok;
  } catch {
    return false;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  const insist = setTimeout(() => child.kill("SIGKILL"), stopLimit);
  await ended;
  clearTimeout(insist);
}
