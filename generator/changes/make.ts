import { type Operations, operations } from "../faults/adapters/operations.ts";
import { releaseNote } from "../faults/release-notes.ts";
import type { AppId, RunningTarget } from "../targets/target.ts";
import { runJob } from "./job.ts";
import { QUIET, type SettledChange } from "./planned.ts";

/** Where changes are made, and the chance (uniform in [0, 1)) from which their notes are drawn. */
export interface Place {
  readonly target: RunningTarget;
  readonly random: () => number;
}

/** Makes one planned change as the platform would, and resolves when it is made; a job, when it has ended. */
export async function change({ target, random }: Place, planned: SettledChange, signal: AbortSignal): Promise<void> {
  const ops = operations(target.operations);
  switch (planned.does) {
    case "release":
      return release(ops, planned.on, random(), signal);
    case "reload":
      return reload(ops, planned, signal);
    case "restart":
      await ops.restart(planned.on);
      return;
    case "job":
      return job(ops, target, planned, signal);
  }
}

async function release(ops: Operations, app: AppId, draw: number, signal: AbortSignal): Promise<void> {
  const { release: present } = (await ops.state()).services[app] ?? { release: "base" };
  const next = present === QUIET ? "base" : QUIET;
  await ops.roll({
    service: app,
    to: { release: next },
    strategy: "rolling",
    change: { kind: "deploy", summary: releaseNote(app, draw) },
  });
  await ops.settled(app, signal);
}

async function reload(ops: Operations, { on, setting, values }: Reload, signal: AbortSignal): Promise<void> {
  const present = (await ops.state()).services[on]?.settings[setting];
  const next = present === values[0] ? values[1] : values[0];
  await ops.roll({
    service: on,
    to: { settings: { [setting]: next } },
    strategy: "rolling",
    change: { kind: "config", summary: `${setting} updated` },
  });
  await ops.settled(on, signal);
}
type Reload = Extract<SettledChange, { readonly does: "reload" }>;

async function job(
  ops: Operations,
  target: RunningTarget,
  { name, lasts }: Extract<SettledChange, { readonly does: "job" }>,
  signal: AbortSignal,
): Promise<void> {
  if (target.store === undefined) throw new TypeError(`The job ${name} needs a store`);
  await ops.announce({ service: "store", kind: "job", summary: `${name} started`, status: "succeeded" });
  await runJob({ access: target.store, name, lasts }, signal);
}
