import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { HarnessError } from "../generator/harness-error.ts";
import type { Scenario } from "../scenarios/scenario.ts";

const FOLDER = join(import.meta.dirname, "..", "scenarios");
const NOT_SCENARIOS = new Set(["scenario.ts", "drill.ts", "suites.ts", "split.ts"]);

/** Names of all scenarios: each file of the folder is one, and its name is the scenario's. */
export async function scenarioNames(): Promise<string[]> {
  const files = await readdir(FOLDER);
  return files
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !NOT_SCENARIOS.has(file))
    .map((file) => file.slice(0, -3))
    .sort();
}

/** @throws HarnessError (exit 2) naming the nearest scenario if there is none of that name. */
export async function loadScenario(name: string): Promise<Scenario> {
  const names = await scenarioNames();
  if (!names.includes(name)) {
    const nearest = names.toSorted((a, b) => distance(a, name) - distance(b, name))[0];
    throw new HarnessError(`there is no scenario "${name}"`, {
      hint: `did you mean ${nearest}? All: ${names.join(", ")}`,
      exitCode: 2,
    });
  }
  const module = (await import(join(FOLDER, `${name}.ts`))) as { default: Scenario };
  return module.default;
}

/** Levenshtein distance: edits between two words. */
export function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(swap, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
