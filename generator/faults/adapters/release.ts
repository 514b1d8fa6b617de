import { setTimeout as sleep } from "node:timers/promises";
import { HarnessError } from "../../harness-error.ts";
import type { Millis } from "../../targets/target.ts";
import type { Forward, Inverse, Probe } from "../intent.ts";
import type { Adapter, Of, RevertOutcome } from "./adapter.ts";
import { type Operations, operations, Refused, type ServiceState } from "./operations.ts";
import { Gone } from "./socket.ts";

type Roll = Of<Forward, "target.roll">;
type RollBack = Of<Inverse, "release.rollback">;

/** The way there may still be under way; then the former instance starts and warms up: a Java app needs 20 s and more. */
const BACK_WITHIN: Millis = 90_000;
const LOOK: Millis = 250;

/** Releases and settings of the apps; whoever keeps them running announces them and holds the time limit. */
export const release: Adapter<Roll, RollBack, Of<Probe, "not-rolled">> = {
  async holds({ socket, service }) {
    const now = await look(operations(socket), service);
    return !now.token && !now.busy;
  },
  async apply({ kind: _, socket, ...roll }) {
    const { at } = await operations(socket).roll(roll);
    return { acknowledgedAt: at };
  },
  async meter(roll) {
    const now = await look(operations(roll.socket), roll.service);
    return { "release.rolled": rolled(now, roll) ? 1 : 0, restarts: now.restarts, ready: now.ready ? 1 : 0 };
  },
  async undo({ socket, service, token }) {
    try {
      return await rollBack(operations(socket), service, token);
    } catch (error) {
      if (error instanceof Gone) return "already";
      throw error;
    }
  },
};

async function look(ops: Operations, service: string): Promise<ServiceState> {
  const found = (await ops.state()).services[service];
  if (found === undefined)
    throw new HarnessError(`The target has no ${service}`, { hint: "Start it with the others", exitCode: 2 });
  return found;
}

/** Whether the new instance is what runs: users reach it, or (where nobody waits for it to be ready) it has begun. */
function rolled(now: ServiceState, { token, to }: Roll): boolean {
  const settings = Object.entries(to.settings ?? {});
  const asWanted =
    (to.release === undefined || now.release === to.release) &&
    settings.every(([name, value]) => now.settings[name] === value);
  return now.token === token && !now.busy && asWanted;
}

/** Asks for the way back until it is accepted, and waits until it is done. */
async function rollBack(ops: Operations, service: string, token: string): Promise<RevertOutcome> {
  const until = performance.now() + BACK_WITHIN;
  let was: RevertOutcome | undefined;
  for (; performance.now() < until; await sleep(LOOK)) {
    const now = await look(ops, service);
    if (now.token === token) was ??= await accepted(ops, token);
    else if (!now.busy) return was ?? (now.token ? "superseded" : "already");
    if (was === "superseded") return was;
  }
  return "failed";
}

/** Undefined while the way there is still being gone. */
function accepted(ops: Operations, token: string): Promise<RevertOutcome | undefined> {
  return ops.rollback(token).then(
    ({ was }) => was,
    (error: unknown) => {
      if (error instanceof Refused) return undefined;
      throw error;
    },
  );
}
