import { join } from "node:path";
import type { Agent, Brief } from "../agent/agent.ts";
import { conclude } from "../agent/conclude.ts";
import { openOtlp } from "../agent/sources/otlp.ts";
import { openPrometheus } from "../agent/sources/prometheus.ts";
import type { Instant, Telemetry } from "../agent/telemetry/model.ts";
import { drive, type RunEvent } from "../generator/drive.ts";
import { closeJournal, createJournal, type Journal } from "../generator/faults/journal.ts";
import { startReaper } from "../generator/faults/reaper.ts";
import { refuseIfOpen } from "../generator/faults/recover.ts";
import { type SettledPhase, seeded, settle } from "../generator/phase.ts";
import type { RunningTarget } from "../generator/targets/target.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { spanShares, watchIdle } from "./health.ts";
import { type Intake, openIntake } from "./intake.ts";
import { judge } from "./judge.ts";
import { leaksOf } from "./leaks.ts";
import type { Run } from "./run.ts";
import { type RunLog, runLog } from "./run-log.ts";
import { type Ear, type Thoughts, think } from "./think.ts";
import { liveTicks, TICK } from "./ticks.ts";
import type { Trial, Verdict } from "./trial-record.ts";
import { validity } from "./validity.ts";

const SCRAPE_MS = 5_000;

export interface TrialOptions {
  readonly id: string;
  /** Opaque name of the recording: all that an agent could ever read of the run's name. */
  readonly case: string;
  readonly name: string;
  readonly scenario: Scenario;
  readonly agent: Agent;
  readonly seed: number;
  readonly full: boolean;
  /** Directories: journals, built apps, and what this run leaves. */
  readonly state: string;
  readonly cache: string;
  readonly out: string;
  readonly show: Show;
}
/** Who watches: told what happens, never asked. */
export interface Show extends Ear {
  line(text: string): void;
  event(event: RunEvent): void;
  plan(phases: readonly SettledPhase[]): void;
}
export interface Held {
  readonly verdict: Verdict;
  readonly telemetry: Telemetry;
}

/** The one orchestration: start, drive, think, record, take back, judge. Throws when the run could not be held. */
export async function hold(options: TrialOptions, signal: AbortSignal): Promise<Held> {
  const { scenario, show } = options;
  await refuseIfOpen(options.state);
  const log = runLog();
  const intake = await openIntake(join(options.out, "incidents", options.case), options.case);
  const told: { thoughts?: Thoughts; idle: number; residue: string[] } = { idle: 1, residue: [] };
  {
    await using stack = new AsyncDisposableStack();
    const journal = await createJournal(options.state, options.id, scenario.target.name);
    stack.use(await startReaper(journal));
    stack.defer(() => closeJournal(journal));
    const receiver = stack.use(await openOtlp({ accept: intake.accept }, signal));
    const target = stack.use(await started(options, receiver.url, journal, signal));
    stack.use(await openPrometheus({ targets: target.scrapes, everyMs: SCRAPE_MS, accept: intake.scraped }, signal));
    await using platform = follow(target, intake);
    using idle = watchIdle();
    show.line("all apps are ready");
    told.thoughts = await perform(options, { target, journal, log, intake }, signal);
    told.idle = idle.idle();
    await platform[Symbol.asyncDispose]();
    intake.refused = receiver.counts().refused;
  }
  return judged(options, log, intake, told.thoughts, told.idle);
}

function started(options: TrialOptions, url: string, journal: Journal, signal: AbortSignal): Promise<RunningTarget> {
  return options.scenario.target.start(
    {
      telemetry: { url, protocol: "http/protobuf" },
      random: seeded(options.seed + 1),
      cache: options.cache,
      own: (processes, runDirectory) => journal.append({ kind: "owns", processes: [...processes], runDirectory }),
      progress: (line) => options.show.line(line),
    },
    signal,
  );
}

interface Stage {
  readonly target: RunningTarget;
  readonly journal: Journal;
  readonly log: RunLog;
  readonly intake: Intake;
}

/** Drives the phases while the agent thinks, and waits for both. */
async function perform(options: TrialOptions, stage: Stage, signal: AbortSignal): Promise<Thoughts> {
  const { scenario, seed, show } = options;
  const phases = settle(scenario.phases, seeded(seed), options.full ? scenario.full : {});
  show.plan(phases);
  let end: Instant | undefined;
  let thinking: Promise<Thoughts> | undefined;
  const begin = (at: Instant): void => {
    const start = Math.ceil(at / TICK) * TICK;
    stage.intake.start = start;
    const ticks = liveTicks(start, () => end);
    thinking = think(options.agent, briefOf(options), stage.intake.store.view, ticks, signal, show);
    thinking.catch(() => undefined);
  };
  const random = seeded(seed + 2);
  for await (const event of drive(stage.target, phases, { seed, random, journal: stage.journal }, signal)) {
    if (event.kind === "phase" && thinking === undefined) begin(event.at);
    stage.log.take(event);
    show.event(event);
  }
  end = Math.floor(Date.now() / TICK) * TICK;
  stage.intake.end = end;
  return (await thinking) ?? { findings: [], crashed: null, thinking: { total: 0, longestTick: 0 } };
}

/** What an agent gets to know beside telemetry: nothing but its time. */
export function briefOf({ seed }: Pick<TrialOptions, "seed">): Brief {
  return { budget: 60 * 60_000, random: seeded(seed + 3) };
}

/** Feeds what the platform says of its instances into the telemetry. */
function follow(target: RunningTarget, intake: Intake): AsyncDisposable {
  const stop = new AbortController();
  const following = (async () => {
    for await (const event of target.platform(stop.signal)) intake.platform(event);
  })();
  following.catch(() => undefined);
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await following.catch(() => undefined);
    },
  };
}

async function judged(
  options: TrialOptions,
  log: RunLog,
  intake: Intake,
  thoughts: Thoughts | undefined,
  idleCpu: number,
): Promise<Held> {
  const { scenario, agent } = options;
  const { truth } = scenario;
  const driven = log.settled(truth.incident);
  const telemetry = intake.store.view(() => intake.end + TICK);
  const leaks = await leaksOf(intake.directory, intake.store, [options.name, scenario, driven]);
  const run: Run = {
    id: options.id,
    case: options.case,
    scenario: options.name,
    title: scenario.title,
    seed: options.seed,
    mode: "watch",
    ...driven,
    components: scenario.target.components,
    health: {
      spanShare: spanShares(log.outcomes, driven, telemetry),
      refusedBatches: intake.refused,
      redactions: intake.redactions(),
      leaks: leaks.length,
      idleCpu,
      residue: [],
    },
  };
  const findings = thoughts?.findings ?? [];
  const trial: Trial = {
    run,
    agent: agent.name,
    repeat: 1,
    validity: validity(run, truth),
    findings,
    investigation: conclude(findings),
    crashed: thoughts?.crashed ?? null,
    thinking: thoughts?.thinking ?? { total: 0, longestTick: 0 },
  };
  await intake.finish(run, truth, log);
  return { verdict: judge(trial, truth), telemetry };
}
