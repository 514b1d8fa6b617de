import type { AppId } from "../targets/target.ts";

/**
 * What releases of an app are said to bring. Harmless ones and others are described by the same notes, drawn without
 * regard to what they really bring: the text of a change tells nothing of its effect.
 */
const NOTES: Readonly<Record<AppId, readonly string[]>> = {
  "otel-sample-app": ["receipt layout", "search suggestions", "basket totals", "dependency updates"],
  "java-otel-sample-app": ["invoice rendering", "customer pages", "refund reasons", "dependency updates"],
  "go-otel-sample-app": ["stock history", "warehouse names", "pack sizes", "dependency updates"],
  "sample-metrics-app": ["currency formats", "price rounding", "quote batches", "dependency updates"],
};

/** What a release of an app is said to bring; `draw` is uniform in [0, 1). */
export function releaseNote(app: AppId, draw: number): string {
  const notes = NOTES[app];
  return notes[Math.floor(draw * notes.length)] ?? "dependency updates";
}
