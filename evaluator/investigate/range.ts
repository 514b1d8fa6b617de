import type { Instant, Millis, Window } from "../../agent/telemetry/model.ts";
import { HarnessError } from "../../generator/harness-error.ts";

/** The time asked about: from and to, or a length that ends with the telemetry; live, a length from now. */
export interface Range {
  readonly from?: Instant;
  readonly to?: Instant;
  readonly last?: Millis;
}
interface Texts {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly last?: string | undefined;
}

const usage = (message: string, hint: string): HarnessError => new HarnessError(message, { hint, exitCode: 2 });
const utc = (at: Instant): string => new Date(at).toISOString().replace(".000", "");

/** Throws (exit 2) for times that are none, in the wrong order, or given twice over. */
export function rangeOf({ from, to, last }: Texts): Range {
  if (last !== undefined && (from !== undefined || to !== undefined))
    throw usage("--last and --from or --to contradict each other", "give --last alone, or --from and --to");
  const range = {
    ...(from === undefined ? {} : { from: instant("--from", from) }),
    ...(to === undefined ? {} : { to: instant("--to", to) }),
    ...(last === undefined ? {} : { last: length(last) }),
  };
  if (range.from !== undefined && range.to !== undefined && range.from >= range.to)
    throw usage(`--from (${utc(range.from)}) is not before --to (${utc(range.to)})`, "swap them");
  return range;
}

/** ISO 8601; a time without a zone is UTC. */
function instant(option: string, text: string): Instant {
  const zoned = /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(text) ? `${text}Z` : text;
  const at = /^\d{4}-\d\d-\d\d(T|$)/.test(text) ? Date.parse(zoned) : Number.NaN;
  if (Number.isFinite(at)) return at;
  throw usage(`${option} is a time in ISO 8601, not "${text}"`, "for example 2026-11-25T17:30:00Z");
}

const UNITS: Readonly<Record<string, Millis>> = { s: 1_000, m: 60_000, h: 3_600_000 };
const LONGEST: Millis = 7 * 24 * 3_600_000;

function length(text: string): Millis {
  const [, amount, unit = ""] = text.match(/^(\d+(?:\.\d+)?)(s|m|h)$/) ?? [];
  const millis = Number(amount) * (UNITS[unit] ?? Number.NaN);
  if (millis >= 1_000 && millis <= LONGEST) return millis;
  throw usage(`--last is a time from 1s to 168h, not "${text}"`, "for example --last 90s or --last 30m");
}

/** The ticks of a recording that lie in the range. Throws (exit 2) when none does. */
export function within(range: Range, clock: { readonly start: Instant; readonly end: Instant }, tick: Millis): Window {
  const { start, end } = clock;
  const from = Math.max(start, range.from ?? (range.last === undefined ? start : end - range.last));
  const to = Math.min(end, range.to ?? end);
  if (from + tick <= to) return { from, to };
  throw usage(
    `the recording has nothing in that time: it goes from ${utc(start)} to ${utc(end)}`,
    "choose --from and --to within it",
  );
}
