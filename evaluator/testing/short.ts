import type { PhaseKind } from "../../generator/phase.ts";
import type { Scenario } from "../../scenarios/scenario.ts";

/** The same drill with other lengths, in seconds: for tests that must not take five minutes. */
export function short(scenario: Scenario, seconds: Readonly<Record<PhaseKind, number>>): Scenario {
  const [first, ...rest] = scenario.phases.map((phase) => ({ ...phase, lasts: 1_000 * seconds[phase.kind] }));
  if (first === undefined) throw new TypeError("a scenario has phases");
  return { ...scenario, phases: [first, ...rest] };
}
