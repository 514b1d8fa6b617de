import type { AppId, Millis } from "../targets/target.ts";
import { type Load, lasting, sequence } from "./load.ts";
import { cycle, poisonPlaces, reservedPlaces } from "./mix.ts";
import { draw, STREAM, uniform } from "./random.ts";
import { type Draws, type Request, ROUTES, type Route } from "./routes.ts";
import { type Arrivals, schedule } from "./schedule.ts";

export interface StreamPhase {
  readonly lasts: Millis;
  readonly load: Load;
  /** Share of requests on reserved records. */
  readonly reserved: number;
  /** Share of the requests with a free text that one customer sends, with a text that takes very long to read. */
  readonly poison?: number;
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
  readonly poison: boolean;
  readonly due: Millis;
}

/** All requests of all streams, in order of due time. Throws RangeError for a share that an app cannot have. */
export function planned(plan: Plan): Planned[] {
  checkPlan(plan);
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
    return { seq: i, stream: index, route, phase: phase < 0 ? ends.length - 1 : phase, due };
  });
  return stream.phases.flatMap(({ reserved, poison = 0 }, phase) => {
    const mine = planned.filter((one) => one.phase === phase);
    const first = mine[0]?.seq ?? 0;
    const able = (can: (route: Route) => boolean): boolean[] => mine.map(({ route }) => can(routes[route] as Route));
    const carries = able((route) => route.carries);
    const reads = able((route) => route.poison !== undefined);
    const flawed = reservedPlaces(carries, reserved, seed, first);
    const hard = poisonPlaces(reads, poison, seed, first);
    return mine.map((one, i) => ({ ...one, reserved: flawed.has(i), poison: hard.has(i) }));
  });
}

/** Throws RangeError for a share that an app cannot have. */
export function checkPlan({ streams }: Plan): void {
  streams.forEach(checkStream);
}

function checkStream({ app, phases }: Stream): void {
  for (const { poison = 0 } of phases) {
    if (!(poison >= 0 && poison <= 1)) throw new RangeError(`a share lies between 0 and 1, not ${poison}`);
    if (poison > 0 && ROUTES[app].every((route) => route.poison === undefined))
      throw new RangeError(`no route of ${app} reads a free text`);
  }
}

/** The request itself. */
export function requestOf(plan: Plan, one: Planned): Request {
  const route = routeOf(plan, one);
  if (one.poison && route.poison) return route.poison((index) => uniform(plan.seed, STREAM.customer, index));
  return route.make(drawsOf(plan, one), one.reserved);
}

export function routeOf(plan: Plan, { stream, route }: Planned): Route {
  return ROUTES[(plan.streams[stream] as Stream).app][route] as Route;
}

/** The draws that fill a planned request with a record, a user and an amount. */
function drawsOf({ seed }: Plan, { seq }: Planned): Draws {
  return {
    record: uniform(seed, STREAM.record, seq),
    user: uniform(seed, STREAM.user, seq),
    extra: uniform(seed, STREAM.agent, seq),
  };
}
