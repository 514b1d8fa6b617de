import type { Millis } from "../../agent/telemetry/model.ts";
import type { Calibration } from "../stats/calibration.ts";
import type { Alarms } from "./alarms.ts";
import type { Detection } from "./detection.ts";
import type { Estimate } from "./estimate.ts";

/** What stands where nothing is known. */
export const NOTHING = "-";

export const seconds = (ms: Millis): string => `${(ms / 1_000).toFixed(1)} s`;
export const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

/** `85 % (64 to 95)`; with its n where that is not the board's. */
export function shareTold(of: Estimate | undefined, usual: number): string {
  if (of?.value === undefined || of.value === null) return NOTHING;
  const { value, low, high, n, clusters } = of;
  const interval = low === null || high === null ? "" : ` (${(100 * low).toFixed(0)} to ${(100 * high).toFixed(0)})`;
  const few = n === usual ? "" : `, n = ${n}${clusters === n ? "" : ` in ${clusters} clusters`}`;
  return `${percent(value)}${interval}${few}`;
}

/** A number between -1 and 1. */
export function numberTold({ value, low, high }: Estimate): string {
  if (value === null) return NOTHING;
  const interval = low === null || high === null ? "" : ` (${low.toFixed(2)} to ${high.toFixed(2)})`;
  return `${value.toFixed(2)}${interval}`;
}

export function medianTold({ median, n }: Detection): string {
  if (n === 0) return NOTHING;
  const end = (at: Millis | null): string => (at === null ? "?" : (at / 1_000).toFixed(1));
  const interval = median.low === null && median.high === null ? "" : ` (${end(median.low)} to ${end(median.high)})`;
  return `${median.value === null ? "not reached" : seconds(median.value)}${interval}`;
}

export function restrictedTold({ restricted: { value, low, high } }: Detection): string {
  if (value === null) return NOTHING;
  const interval =
    low === null || high === null ? "" : ` (${(low / 1_000).toFixed(1)} to ${(high / 1_000).toFixed(1)})`;
  return `${seconds(value)}${interval}`;
}

/** `0 in 1.2 h: 0.0 (0.0 to 3.1)`: none seen still allows some. */
export function alarmsTold({ count, hours, perHour, low, high }: Alarms): string {
  if (perHour === null || low === null || high === null) return NOTHING;
  return `${count} in ${hours.toFixed(1)} h: ${perHour.toFixed(1)} (${low.toFixed(1)} to ${high.toFixed(1)})`;
}

export const dutyTold = ({ duty }: Alarms): string => (duty === null ? NOTHING : `${(100 * duty).toFixed(1)} %`);

export const skillTold = (of: Calibration | null): string =>
  of?.skill === undefined || of.skill === null ? NOTHING : of.skill.toFixed(2);

/** With what an agent that is calibrated perfectly would get at this n. */
export function eceTold(of: Calibration | null): string {
  if (of === null) return NOTHING;
  if (of.ece === null || of.perfectEce === null) return `too few (n = ${of.n})`;
  return `${of.ece.toFixed(2)} (perfect: ${of.perfectEce.toFixed(2)})`;
}
