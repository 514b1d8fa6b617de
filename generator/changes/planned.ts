import type { Range } from "../phase.ts";
import type { AppId, Millis, Release } from "../targets/target.ts";

/** What a platform does on an ordinary day. Each is announced as the platform would, and hurts nobody. */
export type Deed =
  /** Rolls out a build whose difference nobody notices; the usual one when that build runs already. */
  | { readonly does: "release"; readonly on: AppId }
  /** Sets a setting to the other of two values, of which users feel neither; it takes new processes. */
  | {
      readonly does: "reload";
      readonly on: AppId;
      readonly setting: string;
      readonly values: readonly [string, string];
    }
  /** The platform ends the app's process and starts another: no change is announced, only the restart. */
  | { readonly does: "restart"; readonly on: AppId }
  /** A job on the store that reads a lot, slowly, for so long. */
  | { readonly does: "job"; readonly name: string; readonly lasts: Millis };

/** A deed, and when. */
export type PlannedChange = Deed & {
  /** Since the phase began; drawn from the seed if a range. */
  readonly after: Millis | Range;
};
export type SettledChange = PlannedChange & { readonly after: Millis };

/** The build that a release rolls out: a real difference in source that neither users nor telemetry show. */
export const QUIET = "quiet";

/** Builds that these changes need, to be made before the run. */
export function releasesOf(changes: readonly PlannedChange[]): readonly Release[] {
  return changes.flatMap((one) => (one.does === "release" ? [{ app: one.on, release: QUIET }] : []));
}
