import { endProcess } from "../targets/process-identity.ts";
import type { Of, RevertOutcome } from "./adapters/adapter.ts";
import { control } from "./adapters/control.ts";
import { kill, throttle } from "./adapters/process.ts";
import { proxy } from "./adapters/proxy.ts";
import { release } from "./adapters/release.ts";
import { store } from "./adapters/store.ts";
import type { Intent, Inverse } from "./intent.ts";

const GRACE = 5_000;

/** Takes one intent back by its inverse alone, by its fallback if that does not work. Never throws. */
export async function takeBack(intent: Intent): Promise<RevertOutcome> {
  const outcome = await undo(intent.inverse).catch((): RevertOutcome => "failed");
  if (outcome !== "failed" || intent.fallback === "none") return outcome;
  return fallBack(intent.inverse).catch((): RevertOutcome => "failed");
}

function undo(inverse: Inverse): Promise<RevertOutcome> {
  switch (inverse.kind) {
    case "proxy.clear":
      return proxy.undo(inverse);
    case "control.clear":
      return control.undo(inverse);
    case "release.rollback":
      return release.undo(inverse);
    case "store.end-session":
      return store.undo(inverse);
    case "process.respawn":
      return kill.undo(inverse);
    case "process.resume":
      return throttle.undo(inverse);
  }
}

/** Ends the process that holds the value; the value goes with it. */
async function fallBack(inverse: Inverse): Promise<RevertOutcome> {
  switch (inverse.kind) {
    case "proxy.clear":
    case "release.rollback":
    case "store.end-session":
    case "process.respawn":
      return "failed";
    case "control.clear":
    case "process.resume":
      await endProcess(inverse.process, { graceMs: GRACE });
      return "fell-back";
  }
}

/** What a person can type when nothing else worked. */
export function byHand({ inverse }: Intent): string {
  switch (inverse.kind) {
    case "proxy.clear":
      return `echo '{"op":"clear","edge":"${inverse.edge}"}' | nc -U ${inverse.socket}`;
    case "control.clear":
      return `kill -9 ${inverse.process.pid}`;
    case "release.rollback":
      return `echo '{"op":"rollback","token":"${inverse.token}"}' | nc -U ${inverse.socket}`;
    case "store.end-session":
      return endSessionByHand(inverse);
    case "process.respawn":
      return `start ${inverse.process.what} again`;
    case "process.resume":
      return `kill -CONT ${inverse.process.pid}`;
  }
}

function endSessionByHand({ access, applicationName }: Of<Inverse, "store.end-session">): string {
  const { host, port, database, user } = access;
  const sql = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = '${applicationName}'`;
  return `psql -h ${host} -p ${port} -U ${user} -d ${database} -c "${sql}"`;
}
