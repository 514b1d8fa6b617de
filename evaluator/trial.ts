import { conclude } from "../agent/conclude.ts";
import type { Telemetry } from "../agent/telemetry/model.ts";
import { settle } from "../generator/phase.ts";
import type { Knees } from "../generator/traffic/knee.ts";
import type { Truth } from "../scenarios/scenario.ts";
import { drawsOf } from "./draws.ts";
import { spanShares } from "./health.ts";
import { judge } from "./judge.ts";
import { type DrillOptions, type Performed, perform } from "./perform.ts";
import type { Run } from "./run.ts";
import type { Thoughts } from "./think.ts";
import { TICK } from "./ticks.ts";
import type { Trial, Verdict } from "./trial-record.ts";
import { withTrigger } from "./trigger.ts";
import { validity } from "./validity.ts";
import { buildsFor, openVenue, type VenueOptions } from "./venue.ts";

/** A drill with a venue of its own. */
export interface TrialOptions extends DrillOptions, Pick<VenueOptions, "otlp" | "state" | "cache"> {
  readonly full: boolean;
  /** What the apps carry on this machine. */
  readonly knees: Knees;
}
export interface Held {
  readonly verdict: Verdict;
  readonly telemetry: Telemetry;
}
/** At most so many leaks are shown to whoever watches. */
const SHOWN = 5;

/** The one orchestration: start, drive, think, record, take back, judge. Throws when the run could not be held. */
export async function hold(options: TrialOptions, signal: AbortSignal): Promise<Held> {
  const performed = await alone(options, signal);
  options.show.line("judging");
  return judged(options, performed);
}

/** Everything that is started here has ended when it returns or throws. */
async function alone(options: TrialOptions, signal: AbortSignal): Promise<Performed> {
  const { id, name, scenario, seed, otlp, state, cache, show } = options;
  const { target } = scenario;
  const line = (text: string): void => show.line(text);
  await using venue = await openVenue(
    { id, target, releases: buildsFor([scenario]), seed, otlp, state, cache, line },
    signal,
  );
  const phases = settle(scenario.phases, drawsOf(name, seed), {
    full: (options.full ? scenario.full : undefined) ?? {},
    knees: options.knees,
  });
  return await perform(options, venue, { phases, since: 0, seed }, signal);
}

/** Ends the recording, seals the truth beside it, and judges what the agent said. */
export async function judged(options: DrillOptions, performed: Performed): Promise<Held> {
  const { intake, log, driven, thoughts, clock } = performed;
  await intake.close();
  const telemetry = intake.store.view(() => clock.end + TICK);
  const leaks = [...performed.overheard, ...(await intake.leaks())];
  for (const { file, line, token, context } of leaks.slice(0, SHOWN))
    options.show.line(`leak in ${file}:${line}: "${token}" in ${context}`);
  const run: Run = {
    id: options.id,
    case: options.case,
    scenario: options.name,
    title: options.scenario.title,
    seed: options.seed,
    mode: "watch",
    ...driven,
    components: options.scenario.target.components,
    health: {
      spanShare: spanShares(log.outcomes, driven, telemetry),
      refusedBatches: performed.refusedBatches,
      redactions: intake.redactions(),
      leaks: leaks.length,
      idleCpu: performed.idleCpu,
      residue: [],
    },
  };
  const truth = withTrigger(options.scenario.truth, run, telemetry.changes);
  await intake.finish({ run, truth }, clock, log.outcomes);
  return { verdict: judge(trialOf(run, truth, options.agent.name, thoughts), truth), telemetry };
}

/** One agent's thoughts about one run; whether the run counts is decided without them. */
export function trialOf(run: Run, truth: Truth, agent: string, thoughts: Thoughts): Trial {
  const { findings, crashed, thinking, claims } = thoughts;
  const investigation = conclude(findings);
  const trial = { run, agent, repeat: 1, validity: validity(run, truth), findings, investigation, crashed, thinking };
  return claims ? { ...trial, claims } : trial;
}
