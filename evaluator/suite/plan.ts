import { HarnessError } from "../../generator/harness-error.ts";
import { SUITES } from "../../scenarios/suites.ts";
import { type Drill, inOrder, same } from "./order.ts";
import type { SuiteRecord } from "./record.ts";

/** What a command line asks for. */
export interface SuitePlan {
  readonly name: string;
  readonly scenarios: readonly string[];
  readonly drills: readonly Drill[];
}

/** Suites stand for their scenarios; each scenario comes once. */
export function planOf(names: readonly string[], seeds: readonly number[]): SuitePlan {
  const scenarios = [...new Set(names.flatMap((name) => SUITES[name] ?? [name]))];
  const [only] = names;
  const isSuite = names.length === 1 && only !== undefined && Object.hasOwn(SUITES, only);
  return { name: isSuite ? only : "chosen", scenarios, drills: inOrder(scenarios, seeds) };
}

/** `1,2` as numbers. Throws HarnessError (exit 2) for anything but whole numbers from 0, each once. */
export function seedsOf(text: string): number[] {
  const seeds = text.split(",").map((one) => (/^\d+$/.test(one.trim()) ? Number(one) : Number.NaN));
  if (seeds.every(Number.isSafeInteger) && new Set(seeds).size === seeds.length) return seeds;
  throw new HarnessError(`--seeds are whole numbers from 0, each once, not "${text}"`, {
    hint: "for example --seeds 1,2",
    exitCode: 2,
  });
}

/** Throws HarnessError (exit 2) when the record is of other drills, or was made in another way: its figures would mix. */
export function requireSame(
  { drills, agent, otlp }: Pick<SuiteRecord, "drills" | "agent" | "otlp">,
  plan: Pick<SuitePlan, "drills">,
  options: { readonly agent: string; readonly otlp: string },
): void {
  const differs = [
    ...(agent === options.agent ? [] : [`--agent ${agent}`]),
    ...(otlp === options.otlp ? [] : [`--otlp ${otlp}`]),
    ...(drills.length === plan.drills.length && plan.drills.every((drill, i) => drills[i] && same(drills[i], drill))
      ? []
      : [`--seeds ${[...new Set(drills.map(({ seed }) => seed))].join(",")} and the same scenarios`]),
  ];
  if (differs.length === 0) return;
  throw new HarnessError("The suite to go on with was begun otherwise", {
    hint: `it had ${differs.join(", ")}; or begin a new one without --resume`,
    exitCode: 2,
  });
}
