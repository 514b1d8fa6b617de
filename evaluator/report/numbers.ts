import type { Instant, Millis } from "../../agent/telemetry/model.ts";

const MINUS = "\u2212";
const SPACE = "\u00a0";
const MEBI = 1024 * 1024;

/** A number in as few digits as tell it: three significant ones. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return "n/a";
  const size = Math.abs(value);
  const digits = size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  const [whole = "", part] = size.toFixed(digits).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const fraction = part?.replace(/0+$/, "");
  return `${value < 0 && Number(size.toFixed(digits)) > 0 ? MINUS : ""}${grouped}${fraction ? `.${fraction}` : ""}`;
}

/** How many of something that is counted, though an estimate of it may have fractions. */
export const whole = (count: number): string => figure(Math.round(count));

/** Near the whole two digits, cut and not rounded: 99.97 % is not all. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return "n/a";
  if (share > 0.98 && share < 1) return `${(Math.floor(10_000 * share) / 100).toFixed(2)}${SPACE}%`;
  if (share > 0 && share < 0.0005) return `<${SPACE}0.1${SPACE}%`;
  return `${fixed(100 * share, Math.abs(share) < 0.1 && share !== 0 ? 1 : 0)}${SPACE}%`;
}

export const perSecond = (rate: number): string => `${figure(rate)}/s`;

/** A latency: ms below a second, else s. */
export function latency(ms: Millis): string {
  if (!Number.isFinite(ms)) return "n/a";
  return Math.abs(ms) < 1_000 ? `${figure(ms)}${SPACE}ms` : `${fixed(ms / 1_000, 2)}${SPACE}s`;
}

/** A stretch of an incident: seconds, or minutes and seconds. */
export function duration(ms: Millis): string {
  const sign = ms < 0 ? MINUS : "";
  const size = Math.abs(ms);
  if (size < 59_500) return `${sign}${(size / 1_000).toFixed(size < 10_000 ? 1 : 0)}${SPACE}s`;
  const seconds = Math.round(size / 1_000);
  return `${sign}${Math.floor(seconds / 60)}${SPACE}min${seconds % 60 ? ` ${seconds % 60}${SPACE}s` : ""}`;
}

/** A point in time as minutes and seconds since the run began. */
export function clock(at: Instant, start: Instant): string {
  const seconds = Math.round((at - start) / 1_000);
  const size = Math.abs(seconds);
  return `${seconds < 0 ? MINUS : ""}${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}`;
}

/** UTC, to the second. */
export const utc = (at: Instant): string =>
  Number.isFinite(at) && Math.abs(at) < 8.64e15
    ? `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`
    : "n/a";

/** Seconds of CPU a second are cores. */
export const inCores = (resource: string, unit: string): string => (resource === "cpu" ? "{core}" : unit);

/** A value with its unit; UCUM units that people do not read are said in words. */
export function quantity(value: number, unit = ""): string {
  switch (unit) {
    case "By":
      return Math.abs(value) >= MEBI ? `${figure(value / MEBI)}${SPACE}MiB` : `${figure(value / 1024)}${SPACE}KiB`;
    case "s":
      return latency(1_000 * value);
    case "ms":
      return latency(value);
    case "share":
      return percent(value);
    case "1/s":
      return perSecond(value);
    case "s/s":
      return `${figure(1_000 * value)}${SPACE}ms/s`;
    case "1":
    case "":
      return figure(value);
    default:
      return `${figure(value)}${SPACE}${annotated(unit, value)}`;
  }
}

/** `{thread}` is UCUM for a count of threads. */
function annotated(unit: string, value: number): string {
  const noun = /^\{([^}]*)\}$/.exec(unit)?.[1];
  return noun === undefined ? unit : `${noun}${value === 1 || noun.endsWith("s") ? "" : "s"}`;
}

function fixed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return `${value < 0 && Number(text) > 0 ? MINUS : ""}${text}`;
}
