import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Millis, StoreAccess } from "../targets/target.ts";

/** One reading of the job and the pause after it: about a third of a core. */
const QUERY = "SELECT sum(hashint8(n)) FROM generate_series(1, 400000) AS n";
const REST: Millis = 200;

/** Reads on the store again and again, as a nightly report does; ends after `lasts` or with the signal. */
export async function runJob(
  { access, name, lasts }: { readonly access: StoreAccess; readonly name: string; readonly lasts: Millis },
  signal: AbortSignal,
): Promise<void> {
  const { host, port, database, user, password } = access;
  const client = new pg.Client({ host, port, database, user, password, application_name: name });
  // The server may be ended under it; that is no error of the job.
  client.on("error", () => undefined);
  const until = performance.now() + lasts;
  try {
    await client.connect();
    while (performance.now() < until && !signal.aborted) {
      await client.query(QUERY);
      await sleep(REST, undefined, { signal, ref: false }).catch(() => undefined);
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}
