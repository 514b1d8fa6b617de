import { createHash } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Agent } from "../../agent/agent.ts";
import type { Instant, Millis } from "../../agent/telemetry/model.ts";
import { processesOf } from "../../generator/faults/aftermath.ts";
import { openJournals } from "../../generator/faults/recover.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import { settle } from "../../generator/phase.ts";
import { alive } from "../../generator/targets/process-identity.ts";
import type { Target } from "../../generator/targets/target.ts";
import type { Knees } from "../../generator/traffic/knee.ts";
import type { Scenario } from "../../scenarios/scenario.ts";
import { drawsOf } from "../draws.ts";
import { type Kept, keep } from "../keep.ts";
import { caseId, runId } from "../names.ts";
import { type Beginning, type DrillOptions, type Performed, perform, type Show } from "../perform.ts";
import { type Held, judged } from "../trial.ts";
import { buildsFor, openVenue, type Venue, type VenueOptions } from "../venue.ts";
import { type Attempt, attemptOf, failure } from "./attempt.ts";
import type { Drill } from "./order.ts";
import type { Ground, Played } from "./play-all.ts";
import { beginning, type Quiet, quietAfter } from "./quiet.ts";

export interface GroundOptions extends Pick<VenueOptions, "otlp" | "state" | "cache"> {
  /** Of the suite; in the names of its journals. */
  readonly name: string;
  readonly scenarios: ReadonlyMap<string, Scenario>;
  readonly agent: Agent;
  /** What the apps carry on this machine. */
  readonly knees: Knees;
  /** Directory of the suite; each drill gets one in it. */
  readonly out: string;
  readonly show: Show;
  /** Told of each verdict when its report is written. */
  told(held: Held, kept: Kept): void;
}

/** Real apps, kept running from one drill to the next; they are started when the first drill needs them. */
export function openGround(options: GroundOptions, signal: AbortSignal): Ground & AsyncDisposable {
  let open: { readonly venue: Venue; readonly target: Target } | undefined;
  const clear = async (): Promise<void> => {
    const ending = open?.venue;
    open = undefined;
    if (ending) await end(ending, options);
  };
  const venueFor = async ({ target }: Scenario, seed: number): Promise<{ venue: Venue; fresh: boolean }> => {
    if (open && open.target === target) return { venue: open.venue, fresh: false };
    await clear();
    const venue = await openVenue(venueOptions(options, target, seed), signal);
    open = { venue, target };
    return { venue, fresh: true };
  };
  return {
    incident: (name) => scenarioOf(options, name).truth.incident,
    async play(drill, nth, quiet) {
      const scenario = scenarioOf(options, drill.scenario);
      const { venue, fresh } = await venueFor(scenario, drill.seed);
      const begins = beginningOf(drill, nth, { ...scenario, knees: options.knees }, fresh ? "fresh" : quiet);
      const { scenario: name, seed } = drill;
      const after = begins.carried > 0 ? `, after ${(begins.carried / 1_000).toFixed(0)} s of quiet time` : "";
      options.show.line(`drill: ${name}, seed ${seed}${nth > 0 ? ", once more" : ""}${after}`);
      return playOn(venue, { ...drillOptions(options, drill, scenario), told: options.told }, begins, signal);
    },
    clear,
    [Symbol.asyncDispose]: clear,
  };
}

function scenarioOf({ scenarios }: GroundOptions, name: string): Scenario {
  const scenario = scenarios.get(name);
  if (scenario === undefined) throw new TypeError(`the suite has no scenario ${name}`);
  return scenario;
}

function venueOptions(options: GroundOptions, target: Target, seed: number): VenueOptions {
  const { name, scenarios, otlp, state, cache, show } = options;
  const id = runId(new Date(), `suite-${name}`, seed);
  const line = (text: string): void => show.line(text);
  return { id, target, releases: buildsFor(scenarios.values()), seed, otlp, state, cache, line };
}

function drillOptions({ agent, show, out }: GroundOptions, drill: Drill, scenario: Scenario): DrillOptions {
  const { scenario: name, seed } = drill;
  const id = runId(new Date(), name, seed);
  return { id, case: caseId(), name, scenario, agent, seed, out: join(out, id), show };
}

/** On fresh apps all telemetry so far is the drill's own, as in a drill alone. */
export function beginningOf(
  drill: Drill,
  nth: number,
  { phases, knees = {} }: Pick<Scenario, "phases"> & { readonly knees?: Knees },
  before: Quiet | "fresh" | undefined,
  now: Instant = Date.now(),
): Beginning & { readonly carried: Millis } {
  const settled = settle(phases, drawsOf(drill.scenario, drill.seed), { knees });
  const seed = trafficSeed(drill, nth);
  if (before === "fresh") return { phases: settled, since: 0, seed, carried: 0 };
  const begins = beginning(settled, before, now, drawsOf(`${drill.scenario} quiet`, drill.seed));
  return { ...begins, seed, carried: Math.max(0, now - begins.since) };
}

/**
 * The same for the same drill, another one for every other: trace ids and the names of writes come of it, and those of
 * two drills must not meet in one recording or journal.
 */
function trafficSeed({ scenario, seed }: Drill, nth: number): number {
  return createHash("sha256").update(`${scenario} ${seed} ${nth}`).digest().readUInt32BE() >>> 1;
}

type Told = DrillOptions & Pick<GroundOptions, "told">;

async function playOn(
  venue: Venue,
  options: Told,
  begins: Beginning & { readonly carried: Millis },
  signal: AbortSignal,
): Promise<Played> {
  await mkdir(options.out, { recursive: true });
  const performed = await perform(options, venue, begins, signal).catch(async (error: unknown) => {
    // It has no verdict, and its recording no manifest: nothing that could be used again.
    await rm(options.out, { recursive: true, force: true });
    throw error;
  });
  return { quiet: quietAfter(performed.driven), finish: () => finish(options, performed, begins.carried) };
}

async function finish(options: Told, performed: Performed, carriedMs: Millis): Promise<Attempt> {
  try {
    const held = await judged(options, performed);
    const kept = await keep(held, options.out);
    options.told(held, kept);
    return attemptOf(held.verdict, kept.result, { run: options.id, carriedMs });
  } catch (error) {
    await rm(options.out, { recursive: true, force: true });
    return failure(options.scenario.truth.incident, error);
  }
}

/** Ends a venue. That it did not end well does not matter when nothing of it is left. */
async function end(venue: Venue, { state, show }: Pick<GroundOptions, "state" | "show">): Promise<void> {
  try {
    await venue[Symbol.asyncDispose]();
  } catch (error) {
    show.line(`while ending the apps: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { run, records } = venue.journal;
  const open = (await openJournals(state)).some((one) => one.run === run);
  const running = await Promise.all(
    processesOf(await records()).map(async (owned) => ((await alive(owned)) ? owned : [])),
  );
  const left = running.flat().map(({ pid, what }) => `process ${pid} (${what})`);
  if (!open && left.length === 0) return;
  throw new HarnessError(
    `The suite ends: something was left behind: ${left.join(", ") || `run ${run} is not taken back`}`,
    {
      hint: "npm run recover; then go on with --resume",
      exitCode: 1,
    },
  );
}
