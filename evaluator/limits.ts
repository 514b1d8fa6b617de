import type { Millis } from "../agent/telemetry/model.ts";

/** How much of us an agent may use: beyond it, it has failed, and the next case follows. */
export interface Limits {
  /** Wall time from getting a tick to asking for the next one; finite. */
  readonly tick: Millis;
  /** Findings in a run, and what they hold together: characters, and eight for each other value. */
  readonly findings: number;
  readonly size: number;
}
/** Generous: a model may think for minutes over one tick. */
export const LIMITS: Limits = { tick: 10 * 60_000, findings: 10_000, size: 100_000_000 };

/** About what a value holds, in characters; no further than `most`, so that rings and floods end too. */
export function sizeOf(value: unknown, most: number): number {
  const left: unknown[] = [value];
  let size = 0;
  while (left.length > 0 && size <= most) {
    const one = left.pop();
    size += 8;
    if (typeof one === "string") size += one.length;
    else if (ArrayBuffer.isView(one)) size += one.byteLength;
    else if (Array.isArray(one)) {
      size += 8 * one.length;
      if (size <= most) for (const part of one) left.push(part);
    } else if (typeof one === "object" && one !== null) {
      for (const [name, part] of Object.entries(one)) {
        size += name.length;
        left.push(part);
      }
    }
  }
  return size;
}
