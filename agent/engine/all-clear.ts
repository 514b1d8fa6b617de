import type { AllClear, Diagnosis } from "../investigation.ts";
import type { Component, Instant, Millis, Telemetry } from "../telemetry/model.ts";
import { BIN, binOf } from "./bins.ts";
import { componentStates } from "./component-states.ts";
import { dependencyMap } from "./dependency-map.ts";
import { digest } from "./digest.ts";
import { watchGaps } from "./gaps.ts";
import { impact } from "./impact.ts";
import { remedies } from "./remedies.ts";
import { entriesOf } from "./samples.ts";
import { lookBack, type Past, surgeIn } from "./scene.ts";
import type { State } from "./step.ts";
import { summarize } from "./summary.ts";
import { forest } from "./traces.ts";

/** How far an all-clear looks back to see that all is well. H. */
const RECENT: Millis = 20_000;

/** Says that all is well, with what is normal, how the components are, and who calls whom. */
export function allClear(state: State, now: Instant, telemetry: Telemetry, text: string): AllClear {
  const { rollup, readings, quiet } = state;
  const gaps = watchGaps(rollup, readings, quiet);
  if (!quiet) return { kind: "all-clear", text, gaps };
  const past = lookBack(telemetry, quiet.history, now);
  const window = { from: now - RECENT, to: now };
  const recent = digest(forest(telemetry.spans({ within: window }), past.addresses), window);
  const components = componentStates({
    rollup,
    quiet,
    from: binOf(now - RECENT),
    to: rollup.closed,
    now: recent,
    past: past.whole,
    entries: entriesOf(quiet),
    cards: telemetry.components({ from: past.window.from, to: now }),
    surge: surgeIn({ rollup, quiet }, now - RECENT),
    beyondSlowWays: new Set<Component>(),
  });
  const baseline = summarize(rollup, readings, quiet);
  return { kind: "all-clear", text, gaps, baseline, components, dependencies: dependencyMap(past.whole, recent) };
}

export interface Closed {
  readonly onset: Instant;
  readonly past: Past;
  /** The first bin of the quiet that ended the incident began then. */
  readonly recovered: Instant;
}

/** The last word on an incident that has ended: the same causes, the whole loss, and when users were well again. */
export function closing(said: Diagnosis, { onset, past, recovered }: Closed, telemetry: Telemetry): Diagnosis {
  const { picture, hypotheses, named } = said;
  const window = { from: onset, to: Math.max(onset + BIN, recovered) };
  const nodes = forest(telemetry.spans({ within: window }), past.addresses);
  const cause = hypotheses[0]?.component;
  const blastRadius = impact(cause, picture.components, picture.dependencies, { nodes, window }, past);
  const well = { at: recovered, within: BIN / 2, kind: "recovery", text: "users are well again" } as const;
  const timeline = [...picture.timeline, well].sort((a, b) => a.at - b.at);
  return {
    ...said,
    picture: { ...picture, blastRadius, timeline, remedies: remedies(hypotheses.slice(0, named), blastRadius) },
  };
}
