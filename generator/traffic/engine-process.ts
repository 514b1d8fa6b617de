import { Connections, type Ending } from "./connections.ts";
import type { Outcome } from "./outcome.ts";
import { type Plan, type Planned, planned, requestOf, routeOf } from "./plan.ts";
import { draw, STREAM, traceparent } from "./random.ts";
import { isSparse } from "./schedule.ts";

/** The sending process: nothing of the harness runs here, so decoding telemetry cannot disturb the schedule. */
const AGENTS = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
  "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
];
/** More users than that do not wait for an app at a time: 400 a second for the five seconds of their patience. */
const MOST_SOCKETS = 2_048;
/** A stall of the generator beyond this is not caught up: those requests are late, and the run is not valid. */
const STALL_MS = 1_000;
/** Above this many requests a second a spinning timer would slow the system under test. */
const PRECISE_RPS = 100;

let stopped = false;
let inFlight = 0;
let outbox: Outcome[] = [];
const tell = (message: object): void => void process.send?.(message);

process.on("message", (message: { run?: Plan; stop?: true }) => {
  if (message.run) void run(message.run);
  if (message.stop) stopped = true;
});
process.on("disconnect", () => process.exit(0));
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => undefined);

async function run(plan: Plan): Promise<void> {
  const list = planned(plan);
  const pools = plan.streams.map(({ url }) => new Connections(new URL(url).origin, MOST_SOCKETS));
  const begin = performance.now() + 300;
  const zero = performance.timeOrigin + begin;
  tell({ startedAt: zero, scheduled: list.length });
  const flush = setInterval(() => post(), 100);
  await pump(list, begin, (one, late) => dispatch(plan, one, pools, zero, late));
  const giveUp = performance.now() + plan.timeout + 500;
  while (inFlight > 0 && performance.now() < giveUp) await new Promise((resolve) => setTimeout(resolve, 20));
  clearInterval(flush);
  post();
  await Promise.all(pools.map((pool) => pool.close()));
  tell({ done: true });
  process.disconnect();
}

function post(): void {
  if (outbox.length === 0) return;
  tell({ outcomes: outbox });
  outbox = [];
}

function pump(list: readonly Planned[], begin: number, send: (one: Planned, late: boolean) => void): Promise<void> {
  let next = 0;
  return new Promise((resolve) => {
    const turn = (): void => {
      const now = performance.now() - begin;
      for (let one = list[next]; one && one.due <= now && !stopped; one = list[++next])
        send(one, now - one.due > STALL_MS);
      const one = list[next];
      if (!one || stopped) {
        resolve();
        return;
      }
      const wait = one.due - (performance.now() - begin);
      if (!isSparse(list, next, PRECISE_RPS)) setTimeout(turn, 1);
      else if (wait > 2.2) setTimeout(turn, Math.min(Math.floor(wait - 1.3), 250));
      else setImmediate(turn);
    };
    turn();
  });
}

function dispatch(plan: Plan, one: Planned, pools: readonly Connections[], zero: number, late: boolean): void {
  const { app } = plan.streams[one.stream] as Plan["streams"][number];
  const { header, trace } = traceparent(plan.seed, one.seq);
  const { seq, phase, reserved } = one;
  const common = { seq, app, route: routeOf(plan, one).name, phase, reserved, due: zero + one.due, trace };
  if (late) return void outbox.push({ ...common, kind: "dropped", why: "late" });
  const agent = AGENTS[draw(plan.seed, STREAM.agent, seq) % AGENTS.length] as string;
  const request = requestOf(plan, one);
  inFlight += 1;
  const epoch = (t: number): number => performance.timeOrigin + t;
  const sent = pools[one.stream]?.send(
    request,
    { traceparent: header, "user-agent": agent },
    plan.timeout,
    (how: Ending) => {
      inFlight -= 1;
      outbox.push({ ...common, ...how, sent: epoch(how.sent), done: epoch(how.done) });
    },
  );
  if (!sent) {
    inFlight -= 1;
    outbox.push({ ...common, kind: "dropped", why: "queue-full" });
  }
}
