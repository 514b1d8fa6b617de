import type { AppId, Millis, Release } from "../targets/target.ts";
import type { TargetState } from "./fault.ts";
import type { Forward, Intent } from "./intent.ts";
import { releaseNote } from "./release-notes.ts";

type Roll = Extract<Forward, { readonly kind: "target.roll" }>;
type Settings = Readonly<Record<string, string>>;

/**
 * How long a mechanism that needs new processes may take to act: up to a minute until a Java app runs in its new form
 * on a busy machine, and half of one until enough requests have come.
 */
export const ROLLS_WITHIN: Millis = 90_000;

/** Rolls a build out, with settings that it alone reads; `recreate` ends the old instance first. */
export function releaseOut(
  state: TargetState,
  { app, release }: Release,
  { settings = {}, strategy = "rolling" }: { readonly settings?: Settings; readonly strategy?: Roll["strategy"] } = {},
): Intent {
  const summary = releaseNote(app, drawn(state.token));
  return rollOut(state, app, {
    to: { release, settings: { ...settings } },
    strategy,
    change: { kind: "deploy", summary },
  });
}

/** Gives one setting of an app another value, which takes new processes. */
export function settingOut(state: TargetState, app: AppId, name: string, value: string): Intent {
  const change = { kind: "config", summary: `${name} updated` } as const;
  return rollOut(state, app, { to: { settings: { [name]: value } }, strategy: "rolling", change });
}

/** Whether a roll is over and its new form runs. */
export function isOut(now: Readonly<Record<string, number>>): boolean {
  return now["release.rolled"] === 1;
}

function rollOut(state: TargetState, service: AppId, roll: Pick<Roll, "to" | "strategy" | "change">): Intent {
  if (state.on !== service) throw new TypeError(`This happens to ${service}, not to ${state.on}`);
  const { operations: socket, ttlMs } = state;
  const token = `${state.token}.r`;
  return {
    id: token,
    adapter: "release",
    subject: `${service} ${roll.to.release === undefined ? roll.change.summary : `release ${roll.to.release}`}`,
    forward: { kind: "target.roll", socket, service, ...roll, ttlMs, token },
    inverse: { kind: "release.rollback", socket, service, token },
    precondition: { kind: "not-rolled", socket, service },
    ttlMs,
    fallback: "none",
  };
}

/** In [0, 1), the same for the same token. */
function drawn(token: string): number {
  return Number.parseInt(token, 36) / 36 ** 8 || 0;
}
