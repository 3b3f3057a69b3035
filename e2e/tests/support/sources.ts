import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const samples = resolve(import.meta.dirname, "../../sources");

/** A Git repository of records, made of a sample source. */
export class Source {
  constructor(readonly path: string) {}

  git(...args: string[]): void {
    execFileSync("git", ["-C", this.path, "-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", ...args], { stdio: "pipe" });
  }

  /** Commits whatever has changed in the folder. */
  commit(message: string): void {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "-m", message);
  }

  write(name: string, yaml: string): void {
    writeFileSync(join(this.path, "data", name), yaml);
  }

  /** Changes the first place in a file where a text stands. */
  replace(name: string, before: string, after: string): void {
    const path = join(this.path, "data", name);
    const yaml = readFileSync(path, "utf8");
    if (!yaml.includes(before)) throw new Error(`${name} does not contain ${before}`);
    writeFileSync(path, yaml.replace(before, after));
  }

  remove(...names: string[]): void {
    for (const name of names) rmSync(join(this.path, "data", name));
  }

  names(): string[] {
    return readdirSync(join(this.path, "data")).sort();
  }
}

/** Sources that a journey may change, in a folder of their own. */
export class Sources {
  readonly folder = mkdtempSync(join(tmpdir(), "bibxml-sources-"));
  private readonly server: Server = createServer((_, response) => {
    if (!this.hangs) response.writeHead(404).end();
  });
  /** Whether the source over HTTP keeps whoever asks waiting; else there is nothing. */
  hangs = false;

  /** A repository that begins as the sample of a dataset. */
  of(dataset: string): Source {
    const path = join(this.folder, dataset);
    mkdirSync(path);
    cpSync(join(samples, dataset === "xml2rfc" ? "bibxml-data-archive" : `relaton-data-${dataset}`), path, { recursive: true });
    const source = new Source(path);
    source.git("init", "--quiet", "--initial-branch=main");
    source.commit("Samples");
    return source;
  }

  /** The beginning of addresses that never answer, or have nothing. */
  async unreachable(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
