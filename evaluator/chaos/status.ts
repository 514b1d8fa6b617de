import type { Meters } from "../../generator/faults/adapters/adapter.ts";
import { operations, type ServiceState } from "../../generator/faults/adapters/operations.ts";
import type { PlaceId } from "../../generator/targets/target.ts";
import { attach } from "./attach.ts";
import { openInjections } from "./injections.ts";
import { metersOf } from "./meters.ts";
import { type RunFile, runningApps } from "./run-file.ts";
import { type Write, writesIn } from "./writes.ts";

export interface Status {
  /** Null when none run. */
  readonly apps: AppsStatus | null;
  /** Null when none is open. */
  readonly injection: InjectionStatus | null;
}
export interface AppsStatus {
  readonly run: string;
  readonly target: string;
  readonly since: number;
  readonly pid: number;
  readonly fronts: Readonly<Record<string, string>>;
  /** Empty when whoever keeps them running does not answer. */
  readonly services: Readonly<Record<string, ServiceState>>;
}
export interface InjectionStatus {
  readonly id: string;
  readonly kind: string | null;
  readonly on: string | null;
  /** Unix ms. */
  readonly since: number | null;
  readonly ttlLeftMs: number | null;
  /** Null when its process has died: its reaper takes it back. */
  readonly pid: number | null;
  readonly writes: readonly Write[];
  readonly meters: Meters;
}

/** What runs and what is done to it, looked at now. */
export async function statusOf(state: string, now: number): Promise<Status> {
  const apps = await runningApps(state);
  return {
    apps: apps === undefined ? null : await appsStatus(apps),
    injection: await injectionStatus(state, apps, now),
  };
}

async function appsStatus({
  run,
  target,
  startedAt,
  harness,
  fronts,
  operations: socket,
}: RunFile): Promise<AppsStatus> {
  const services = await operations(socket)
    .state()
    .then((one) => one.services)
    .catch(() => ({}));
  return { run, target, since: startedAt, pid: harness.pid, fronts, services };
}

async function injectionStatus(state: string, apps: RunFile | undefined, now: number): Promise<InjectionStatus | null> {
  const [open] = await openInjections(state);
  if (open === undefined) return null;
  const { run, harness, note, records } = open;
  const meters = apps && note ? await metersOf(attach(state, apps), note.on as PlaceId, records) : {};
  return {
    id: run,
    kind: note?.kind ?? null,
    on: note?.on ?? null,
    since: note?.requestedAt ?? null,
    ttlLeftMs: note ? Math.max(0, note.requestedAt + note.ttlMs - now) : null,
    pid: harness?.pid ?? null,
    writes: writesIn(records),
    meters,
  };
}
