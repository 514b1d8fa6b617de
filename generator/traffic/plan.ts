import type { AppId, Millis } from "../targets/target.ts";
import { type Load, lasting, sequence } from "./load.ts";
import { cycle, reservedPlaces } from "./mix.ts";
import { draw, STREAM, uniform } from "./random.ts";
import { ROUTES } from "./routes.ts";
import { type Arrivals, schedule } from "./schedule.ts";

export interface StreamPhase {
  readonly lasts: Millis;
  readonly load: Load;
  /** Share of requests on reserved records. */
  readonly reserved: number;
}
export interface Stream {
  readonly app: AppId;
  readonly url: string;
  readonly phases: readonly StreamPhase[];
}
export interface Plan {
  readonly streams: readonly Stream[];
  readonly seed: number;
  readonly arrivals: Arrivals;
  /** How long a user waits for an answer, from sent. */
  readonly timeout: Millis;
}
/** One request to send: when, what, to whom. A pure function of the plan. */
export interface Planned {
  readonly seq: number;
  readonly stream: number;
  readonly route: number;
  readonly phase: number;
  readonly reserved: boolean;
  readonly due: Millis;
}

/** All requests of all streams, in order of due time. */
export function planned(plan: Plan): Planned[] {
  const all = plan.streams.flatMap((stream, index) => streamOf(stream, index, plan));
  all.sort((a, b) => a.due - b.due || a.stream - b.stream);
  return all.map((one, seq) => ({ ...one, seq }));
}

function streamOf(stream: Stream, index: number, plan: Plan): Planned[] {
  const seed = draw(plan.seed, STREAM.extra, index + 1);
  const load = sequence(stream.phases.map((phase) => lasting(phase.load, phase.lasts)));
  const ends = stream.phases.map((_, i) => stream.phases.slice(0, i + 1).reduce((sum, one) => sum + one.lasts, 0));
  const routes = ROUTES[stream.app];
  const turn = cycle(routes);
  const start = draw(seed, STREAM.start, 0);
  const planned = [...schedule(load, ends.at(-1) ?? 0, plan.arrivals, seed)].map((due, i) => {
    const phase = ends.findIndex((end) => due < end);
    const route = turn[(i + start) % turn.length] ?? 0;
    return { seq: i, stream: index, route, phase: phase < 0 ? ends.length - 1 : phase, reserved: false, due };
  });
  return stream.phases.flatMap(({ reserved }, phase) => {
    const mine = planned.filter((one) => one.phase === phase);
    const first = mine[0]?.seq ?? 0;
    const places = reservedPlaces(
      mine.map((one) => routes[one.route]?.carries ?? false),
      reserved,
      seed,
      first,
    );
    return mine.map((one, i) => ({ ...one, reserved: places.has(i) }));
  });
}

/** The draws that fill a planned request with a record, a user and an amount. */
export function drawsOf(plan: Plan, one: Planned): { record: number; user: number; extra: number } {
  const { seed } = plan;
  return {
    record: uniform(seed, STREAM.record, one.seq),
    user: uniform(seed, STREAM.user, one.seq),
    extra: uniform(seed, STREAM.agent, one.seq),
  };
}
