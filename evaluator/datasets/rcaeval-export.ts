import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FaultClass } from "../../agent/investigation.ts";
import type { Component } from "../../agent/telemetry/model.ts";
import type { Truth } from "../../scenarios/scenario.ts";
import { type Case, openCase } from "../case.ts";
import { csvLine } from "./csv.ts";
import { columnsOf } from "./rcaeval-columns.ts";

/** What came of a case: its folder, or why there is none. */
export type Exported =
  | { readonly id: string; readonly folder: string }
  | { readonly id: string; readonly left: string };

/** The layout's own names for faults; the others keep ours. */
const NAMES: Readonly<Partial<Record<FaultClass, string>>> = {
  memory: "mem",
  "network-latency": "delay",
  "network-loss": "loss",
};
/** The layout parts names at underlines, so a component has none. */
export const nameIn = (component: Component): string => component.replaceAll("_", "-");

/**
 * Writes recordings in the layout of RCAEval: a wide table with a row a second, the moment of injection, and the names
 * that were changed. It lies in `<out>/truth/`, since the name of a folder is the label.
 */
export async function* exportRcaeval(cases: readonly string[], out: string): AsyncGenerator<Exported> {
  const counts = new Map<string, number>();
  for (const directory of cases) {
    const open = await openCase(directory);
    const { id } = open.manifest;
    const label = labelFor(open.sealed.truth);
    const injected = open.sealed.run.inForceAt;
    if (label === undefined || injected === null) {
      yield { id, left: "nothing was wrong in it, for which the layout has no name" };
      continue;
    }
    const number = (counts.get(label) ?? 0) + 1;
    counts.set(label, number);
    const folder = join(out, "truth", label, String(number));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { text, names } = tableOf(open);
    await writeFile(join(folder, "data.csv"), text);
    await writeFile(join(folder, "inject_time.txt"), `${Math.floor(injected / 1_000)}\n`);
    await writeFile(join(folder, "names.json"), `${JSON.stringify({ case: id, names }, null, 1)}\n`);
    yield { id, folder };
  }
}

/** `<service>_<fault>` of the first cause; of an edge, its callee. */
function labelFor(truth: Truth): string | undefined {
  if (!truth.incident) return undefined;
  const [{ component, cause }] = truth.causes;
  return `${nameIn(component.split("->")[1] ?? component)}_${NAMES[cause] ?? cause}`;
}

function tableOf({ manifest, store }: Case): { text: string; names: Readonly<Record<string, string>> } {
  const { start, end } = manifest.clock;
  const from = Math.ceil(start / 1_000) * 1_000;
  const seconds = Math.max(0, Math.floor((end - from) / 1_000));
  const telemetry = store.view(() => end);
  const components = telemetry.components({ from: start, to: end }).map(({ component }) => component);
  const columns = components.flatMap((component) =>
    [...columnsOf(telemetry, component, from, seconds)].map(
      ([metric, column]) => [`${nameIn(component)}_${metric}`, column] as const,
    ),
  );
  const lines = [csvLine(["time", ...columns.map(([name]) => name)])];
  for (let at = 0; at < seconds; at++)
    lines.push(csvLine([from / 1_000 + at, ...columns.map(([, column]) => column[at] ?? "")]));
  const renamed = components.filter((component) => nameIn(component) !== component);
  return {
    text: lines.join(""),
    names: Object.fromEntries(renamed.map((component) => [nameIn(component), component])),
  };
}
