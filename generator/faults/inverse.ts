import { endProcess } from "../targets/process-identity.ts";
import type { RevertOutcome } from "./adapters/adapter.ts";
import { control } from "./adapters/control.ts";
import { proxy } from "./adapters/proxy.ts";
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
  }
}

/** Ends the process that holds the value; the value goes with it. */
async function fallBack(inverse: Inverse): Promise<RevertOutcome> {
  switch (inverse.kind) {
    case "proxy.clear":
      return "failed";
    case "control.clear":
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
  }
}
