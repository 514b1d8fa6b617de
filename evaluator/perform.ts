import { join } from "node:path";
import type { Agent } from "../agent/agent.ts";
import type { Instant } from "../agent/telemetry/model.ts";
import { drive, type RunEvent } from "../generator/drive.ts";
import { type SettledPhase, seeded } from "../generator/phase.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { briefOf } from "./brief.ts";
import { watchIdle } from "./health.ts";
import { type Clock, type Intake, openIntake } from "./intake.ts";
import type { Leak } from "./leaks.ts";
import { type Overhearing, overhear } from "./process-leaks.ts";
import { type Driven, type RunLog, runLog } from "./run-log.ts";
import { secretsOf } from "./secrets.ts";
import { type Ear, type Thoughts, think } from "./think.ts";
import { liveTicks, TICK } from "./ticks.ts";
import type { Venue } from "./venue.ts";

/** Which drill is held, by whom it is watched, and where it leaves its recording. */
export interface DrillOptions {
  readonly id: string;
  /** Opaque name of the recording: all that an agent could ever read of the run's name. */
  readonly case: string;
  readonly name: string;
  readonly scenario: Scenario;
  readonly agent: Agent;
  readonly seed: number;
  /** Directory of what this run leaves. */
  readonly out: string;
  readonly show: Show;
}
/** Who watches: told what happens, never asked. */
export interface Show extends Ear {
  line(text: string): void;
  event(event: RunEvent): void;
  plan(phases: readonly SettledPhase[]): void;
}
/** How a drill begins. */
export interface Beginning {
  readonly phases: readonly SettledPhase[];
  /** Telemetry that arrived at this moment or later is the drill's own, though it has not begun. */
  readonly since: Instant;
  /** Draws the load, its trace ids and the names of writes: two drills of one venue must not share them. */
  readonly seed: number;
}
/** What came of a drill, before anybody judges it. */
export interface Performed {
  readonly log: RunLog;
  readonly driven: Driven;
  readonly intake: Intake;
  readonly thoughts: Thoughts;
  readonly clock: Clock;
  readonly idleCpu: number;
  readonly refusedBatches: number;
  /** What the apps' processes told. */
  readonly overheard: readonly Leak[];
}
const NO_THOUGHTS: Thoughts = { findings: [], crashed: null, thinking: { total: 0, longestTick: 0 } };

/** Holds one drill: drives the phases while the agent thinks, and waits for both. The venue stays as it is. */
export async function perform(
  options: DrillOptions,
  venue: Venue,
  beginning: Beginning,
  signal: AbortSignal,
): Promise<Performed> {
  const { name, scenario } = options;
  const secrets = secretsOf(name, scenario);
  const log = runLog();
  const intake = await openIntake(join(options.out, "incidents", options.case), secrets);
  const refusedBefore = venue.refused();
  try {
    using idle = watchIdle();
    const overhearing = overhear(secrets);
    const played = await play(options, { venue, log, intake, overhearing, beginning }, signal);
    return {
      log,
      driven: log.settled(scenario.truth.incident, scenario.objective),
      intake,
      ...played,
      idleCpu: idle.idle(),
      refusedBatches: venue.refused() - refusedBefore,
      overheard: await overhearing.leaks(),
    };
  } catch (error) {
    await intake.close().catch(() => undefined);
    throw error;
  }
}

interface Stage {
  readonly venue: Venue;
  readonly log: RunLog;
  readonly intake: Intake;
  readonly overhearing: Overhearing;
  readonly beginning: Beginning;
}
type Thought = Pick<Performed, "thoughts" | "clock">;
/** After these another process may run, or the same one otherwise. */
const SHOWN_BY_PROCESSES: ReadonlySet<RunEvent["kind"]> = new Set(["phase", "injected", "changed"]);

async function play(
  options: DrillOptions,
  { venue, log, intake, overhearing, beginning }: Stage,
  signal: AbortSignal,
): Promise<Thought> {
  const { target, journal, feed } = venue;
  const { phases, since, seed } = beginning;
  const mind = mindOf(options, intake, signal);
  let begun = false;
  options.show.plan(phases);
  try {
    for await (const event of drive(target, phases, { seed, random: seeded(seed + 2), journal }, signal)) {
      if (event.kind === "phase" && !begun) {
        begun = true;
        // What came before is poured in while the load runs already, and before the agent's first tick.
        feed.attach(intake, since);
        mind.begin(event.at);
      }
      if (event.kind === "reverted") feed.keep();
      if (SHOWN_BY_PROCESSES.has(event.kind)) overhearing.look(target.processes());
      log.take(event);
      options.show.event(event);
    }
    overhearing.look(target.processes());
    return await mind.end();
  } finally {
    await mind.end().catch(() => undefined);
    feed.detach();
  }
}

interface Mind {
  begin(at: Instant): void;
  /** Gives no further tick, and waits for the agent; the same answer however often it is asked. */
  end(): Promise<Thought>;
}

/** The agent, thinking in step with what is driven. */
function mindOf({ agent, seed, show }: DrillOptions, { store }: Intake, signal: AbortSignal): Mind {
  let start: Instant = 0;
  let end: Instant | undefined;
  let thinking: Promise<Thoughts> | undefined;
  return {
    begin(at) {
      start = Math.ceil(at / TICK) * TICK;
      thinking = think(
        agent,
        briefOf({ seed }),
        store.view,
        liveTicks(start, () => end),
        signal,
        show,
      );
      thinking.catch(() => undefined);
    },
    async end() {
      end ??= Math.floor(Date.now() / TICK) * TICK;
      return { thoughts: (await thinking) ?? NO_THOUGHTS, clock: { start, end } };
    },
  };
}
