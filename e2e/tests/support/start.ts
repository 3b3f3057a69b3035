import { start } from "./program.ts";

/** Starts the program for all journeys, unless E2E_URL names a service that runs already. */
export default async function globalSetup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.E2E_URL) return undefined;
  const program = await start();
  process.env.E2E_URL = program.url;
  return program.stop;
}
