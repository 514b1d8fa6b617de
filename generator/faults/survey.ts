import { HarnessError } from "../harness-error.ts";
import { freePorts } from "../targets/ports.ts";
import { APPS, type Millis, type PlaceId, type RunningTarget } from "../targets/target.ts";
import type { Meters } from "./adapters/adapter.ts";
import { hello, metersOf } from "./adapters/control.ts";
import { Gone } from "./adapters/socket.ts";
import { measuredRates } from "./demand.ts";
import type { Scene, TargetState } from "./fault.ts";
import type { AppState } from "./intent.ts";
import { machineSpeed } from "./machine-speed.ts";

/** What is asked about: a fault, or the little of it that matters here. */
export interface Place {
  readonly on: PlaceId;
  readonly ttlMs: Millis;
  readonly followsSpeed: boolean;
}

/** All that a plan may know, read now. Throws (exit 2) for a place that the target does not have. */
export async function survey(
  { on, ttlMs, followsSpeed }: Place,
  { target, users, random }: Pick<Scene, "target" | "users" | "random">,
): Promise<TargetState> {
  requirePlace(target, on);
  const speed = followsSpeed ? await machineSpeed() : undefined;
  const [freePort = 0] = await freePorts(1);
  return {
    token: Math.floor(random() * 36 ** 8).toString(36),
    ttlMs,
    at: Date.now(),
    on,
    edgeSocket: target.edgeSocket,
    operations: target.operations,
    store: target.store,
    app: speaks(on) ? await instance(target, on) : undefined,
    process: target.processes().find(({ what }) => what === on),
    meters: await told(target, on),
    rates: measuredRates(
      users,
      APPS.filter((app) => target.fronts.has(app)),
      Date.now(),
    ),
    speed,
    freePort,
  };
}

/** What the app or the third party tells of itself; nothing while it does not answer or is being replaced. */
export async function told(target: Pick<RunningTarget, "socket">, on: PlaceId): Promise<Meters> {
  if (!speaks(on)) return {};
  return metersOf(target.socket(on)).catch((): Meters => ({}));
}

function requirePlace(target: RunningTarget, on: PlaceId): void {
  const known = (): boolean =>
    target.edges.some((edge) => edge === on) || target.processes().some((one) => one.what === on);
  if (on === "store" ? target.store !== undefined : speaks(on) || known()) return;
  throw new HarnessError(`The target has no ${on}`, {
    hint: "A fault names an app, the store, the third party or an edge between them",
    exitCode: 2,
  });
}

type Speaking = Parameters<RunningTarget["socket"]>[0];

/** Whether it has an operation channel. */
function speaks(on: PlaceId): on is Speaking {
  return on === "rates-provider" || APPS.some((app) => app === on);
}

/** Undefined when nobody answers on its channel: it has none, or is being started. */
async function instance(target: RunningTarget, service: Speaking): Promise<AppState | undefined> {
  const socket = target.socket(service);
  const answer = await hello(socket).catch((error: unknown) => {
    if (error instanceof Gone) return undefined;
    throw error;
  });
  if (answer === undefined) return undefined;
  const process = target.processes().find(({ pid }) => pid === answer.pid);
  if (process === undefined)
    throw new HarnessError(`What answers for ${service} is no process of this run`, {
      hint: "End other drills first",
      exitCode: 2,
    });
  return { socket, process, startedAt: answer.startedAt };
}
