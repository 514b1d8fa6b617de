import { join } from "node:path";
import type { Agent, Brief } from "../agent/agent.ts";
import { conclude } from "../agent/conclude.ts";
import { openOtlp } from "../agent/sources/otlp.ts";
import { openOtlpGrpc } from "../agent/sources/otlp-grpc.ts";
import { openPrometheus } from "../agent/sources/prometheus.ts";
import type { Instant, Telemetry } from "../agent/telemetry/model.ts";
import { drive, type RunEvent } from "../generator/drive.ts";
import { closeJournal, createJournal, type Journal } from "../generator/faults/journal.ts";
import { startReaper } from "../generator/faults/reaper.ts";
import { refuseIfOpen } from "../generator/faults/recover.ts";
import { type SettledPhase, seeded, settle } from "../generator/phase.ts";
import type { RunningTarget, TelemetryEndpoint } from "../generator/targets/target.ts";
import type { Scenario, Truth } from "../scenarios/scenario.ts";
import { spanShares, watchIdle } from "./health.ts";
import { type Clock, type Intake, openIntake } from "./intake.ts";
import { judge } from "./judge.ts";
import type { Run } from "./run.ts";
import { type RunLog, runLog } from "./run-log.ts";
import { secretsOf } from "./secrets.ts";
import { type Ear, type Thoughts, think } from "./think.ts";
import { liveTicks, TICK } from "./ticks.ts";
import type { Trial, Verdict } from "./trial-record.ts";
import { validity } from "./validity.ts";

const SCRAPE_MS = 5_000;
/** How the apps may send their telemetry. */
export const RECEIVERS = {
  http: { open: openOtlp, protocol: "http/protobuf" },
  grpc: { open: openOtlpGrpc, protocol: "grpc" },
} as const;

export interface TrialOptions {
  readonly id: string;
  /** Opaque name of the recording: all that an agent could ever read of the run's name. */
  readonly case: string;
  readonly name: string;
  readonly scenario: Scenario;
  readonly agent: Agent;
  readonly seed: number;
  readonly full: boolean;
  readonly otlp: keyof typeof RECEIVERS;
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
  const intake = await openIntake(join(options.out, "incidents", options.case), secretsOf(options.name, scenario));
  const played = await play(options, log, intake, signal).finally(() => intake.close());
  show.line("judging");
  return judged(options, log, intake, played);
}

/** What came of the play beside the log and the recording. */
interface Played extends Performed {
  readonly idleCpu: number;
  readonly refusedBatches: number;
}

/** Everything that is started here has ended when it returns or throws, faults first, the receiver last. */
async function play(options: TrialOptions, log: RunLog, intake: Intake, signal: AbortSignal): Promise<Played> {
  await using stack = new AsyncDisposableStack();
  const journal = await createJournal(options.state, options.id, options.scenario.target.name);
  stack.use(await startReaper(journal));
  stack.defer(() => closeJournal(journal));
  const { open, protocol } = RECEIVERS[options.otlp];
  const receiver = stack.use(await open({ accept: intake.accept }, signal));
  const target = stack.use(await started(options, { url: receiver.url, protocol }, journal, signal));
  stack.use(await openPrometheus({ targets: target.scrapes, everyMs: SCRAPE_MS, accept: intake.accept }, signal));
  stack.use(follow(target, intake));
  using idle = watchIdle();
  options.show.line("all apps are ready");
  const performed = await perform(options, { target, journal, log, intake }, signal);
  return { ...performed, idleCpu: idle.idle(), refusedBatches: receiver.counts().refused };
}

function started(
  options: TrialOptions,
  telemetry: TelemetryEndpoint,
  journal: Journal,
  signal: AbortSignal,
): Promise<RunningTarget> {
  return options.scenario.target.start(
    {
      telemetry,
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
interface Performed {
  readonly thoughts: Thoughts;
  readonly clock: Clock;
}
const NO_THOUGHTS: Thoughts = { findings: [], crashed: null, thinking: { total: 0, longestTick: 0 } };

/** Drives the phases while the agent thinks, and waits for both. */
async function perform(options: TrialOptions, stage: Stage, signal: AbortSignal): Promise<Performed> {
  const { scenario, seed, show } = options;
  const phases = settle(scenario.phases, seeded(seed), options.full ? scenario.full : {});
  show.plan(phases);
  let start: Instant = 0;
  let end: Instant | undefined;
  let thinking: Promise<Thoughts> | undefined;
  const begin = (at: Instant): void => {
    start = Math.ceil(at / TICK) * TICK;
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
  return { thoughts: (await thinking) ?? NO_THOUGHTS, clock: { start, end } };
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

async function judged(options: TrialOptions, log: RunLog, intake: Intake, played: Played): Promise<Held> {
  const { scenario, agent } = options;
  const { truth } = scenario;
  const { thoughts, clock } = played;
  const driven = log.settled(truth.incident, scenario.objective);
  const telemetry = intake.store.view(() => clock.end + TICK);
  const leaks = await intake.leaks();
  for (const { file, line, token, context } of leaks.slice(0, 5))
    options.show.line(`leak in ${file}:${line}: "${token}" in ${context}`);
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
      refusedBatches: played.refusedBatches,
      redactions: intake.redactions(),
      leaks: leaks.length,
      idleCpu: played.idleCpu,
      residue: [],
    },
  };
  await intake.finish({ run, truth }, clock, log.outcomes);
  const verdict = judge(trialOf(run, truth, agent.name, thoughts), truth);
  return { verdict, telemetry };
}

/** One agent's thoughts about one run; whether the run counts is decided without them. */
export function trialOf(run: Run, truth: Truth, agent: string, thoughts: Thoughts): Trial {
  const { findings, crashed, thinking } = thoughts;
  const investigation = conclude(findings);
  return { run, agent, repeat: 1, validity: validity(run, truth), findings, investigation, crashed, thinking };
}
