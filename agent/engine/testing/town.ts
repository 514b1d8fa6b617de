import type { ExceptionRecord, Instant } from "../../telemetry/model.ts";
import type { Meters } from "./meters.ts";
import { Pen } from "./pen.ts";
import { type App, CALLS, NAMES, ROUTES, type TownOptions, type Trouble, type Way } from "./plan.ts";
import { type Chance, chance } from "./random.ts";

export const START: Instant = 1_790_000_000_000;
const TIMEOUTS: Readonly<Record<string, number>> = { front: 4000, orders: 3000, stock: 2000, quotes: 1000 };
const ERRORS: Readonly<Record<App, ExceptionRecord>> = {
  front: { type: "TypeError", message: "'NoneType' object is not subscriptable" },
  orders: { type: "java.lang.IllegalStateException", message: "product 487 has no price rules" },
  stock: { type: "*errors.errorString", message: "runtime error: integer divide by zero" },
  quotes: { type: "RangeError", message: "Invalid currency code : XX9" },
};

interface Outcome {
  readonly end: Instant;
  readonly failed: boolean;
  readonly status: number;
}
/** A town at work: it takes requests in order of time and writes down what the apps would send. */
export class Town {
  readonly pen: Pen;
  readonly meters: Meters;
  readonly #random: Chance;
  readonly #options: TownOptions;
  readonly #workers: number[];
  readonly #connections: number[] = Array.from({ length: 10 }, () => 0);
  #lock = 0;
  #rates = 0;
  #inside: { readonly from: Instant; readonly to: Instant };

  constructor(options: TownOptions, inside: { from: Instant; to: Instant }, gauges: Meters) {
    this.#options = options;
    this.#random = chance(options.seed);
    this.#workers = Array.from({ length: options.workers ?? 16 }, () => 0);
    this.#inside = inside;
    this.meters = gauges;
    this.pen = new Pen(options.seed, this.name);
  }
  name = (app: string) => ({ ...NAMES, ...this.#options.names })[app] ?? app;
  trouble = (at: Instant): Trouble =>
    at >= this.#inside.from && at < this.#inside.to ? (this.#options.trouble ?? {}) : {};
  way = (at: Instant, from: string, to: string): Way => this.trouble(at).ways?.[`${from}->${to}`] ?? {};

  request(app: App, route: string, at: Instant, reserved: boolean): void {
    const trace = this.pen.id() + this.pen.id();
    if (this.trouble(at).down !== app) this.serve(app, route, at, trace, this.pen.id(), reserved);
  }

  /** One request at an app: a worker, the app's own work, its calls one after another. */
  serve(app: App, route: string, at: Instant, trace: string, parent: string, reserved: boolean): Outcome {
    const id = this.pen.id();
    const trouble = this.trouble(at);
    let start = at + 0.2;
    let worker = -1;
    if (app === "orders") {
      worker = earliestOf(this.#workers);
      const free = Math.max(start, this.#workers[worker] ?? 0);
      this.meters.waited("worker", Math.min(free, start + 1000), Math.min(free - start, 1000));
      if (free - start > 1000) return this.refuse(app, route, start + 1000, trace, id, parent);
      start = free;
    }
    const own = ROUTES[app].find(([name]) => name === route)?.[2] ?? 1;
    const warming = app === "orders" ? 1 + 8 * Math.exp(-(at - START) / 12_000) : 1;
    const slow = trouble.slow?.app === app && (trouble.slow.route ?? route) === route ? trouble.slow.factor : 1;
    const work = this.#random.around(own * warming * slow, 0.35);
    this.meters.worked(app, start, work);
    let now = start + work;
    if (trouble.lock?.app === app) {
      const free = Math.max(now, this.#lock);
      this.meters.locked(app, free, free - now);
      now = this.#lock = free + trouble.lock.ms;
    }
    if (trouble.hold?.app === app && trouble.hold.route === route && this.#random.next() < trouble.hold.share)
      now += trouble.hold.ms;
    let outcome: Outcome = reserved ? this.flaw(app, route, now, trace) : this.callAll(app, route, now, trace, id);
    if (worker >= 0) this.#workers[worker] = outcome.end;
    if (app === "orders") this.meters.held("worker", start, outcome.end);
    outcome = { ...outcome, end: outcome.end + 0.1 };
    const thrown = reserved ? ERRORS[app] : undefined;
    this.pen.span(
      app,
      "server",
      route,
      trace,
      id,
      parent,
      start,
      outcome.end,
      outcome.failed,
      { "http.response.status_code": outcome.status },
      thrown,
    );
    return outcome;
  }

  flaw(app: App, _route: string, at: Instant, trace: string): Outcome {
    this.pen.log(app, at, 17, "unhandled exception", trace, {
      ...ERRORS[app],
      stack: `${ERRORS[app].type}\n at shop.pricing.Quote.of(Quote.java:41)`,
    });
    return { end: at, failed: true, status: 500 };
  }

  refuse(app: App, route: string, at: Instant, trace: string, id: string, parent: string): Outcome {
    this.pen.span(app, "server", route, trace, id, parent, at, at + 0.3, true, { "http.response.status_code": 503 });
    return { end: at + 0.4, failed: true, status: 503 };
  }

  callAll(app: App, route: string, at: Instant, trace: string, parent: string): Outcome {
    let now = at;
    const calls = CALLS[`${app} ${route}`] ?? [];
    const times = this.trouble(at).chatty?.app === app ? (this.trouble(at).chatty?.times ?? 1) : 1;
    const statements = calls.filter((call) => call.startsWith("store "));
    const others = calls.filter((call) => !call.startsWith("store "));
    for (const call of others)
      for (let i = 0; i < times; i++) {
        if (call.startsWith("quotes") && this.#random.next() < 0.4) continue;
        const made = call.startsWith("rates")
          ? this.callRates(now, trace, parent)
          : this.call(app, call, now, trace, parent);
        now = made.end;
        if (made.failed) return made;
      }
    return statements.length > 0
      ? this.query(now, statements, trace, parent)
      : { end: now, failed: false, status: 200 };
  }

  call(app: App, call: string, at: Instant, trace: string, parent: string): Outcome {
    const [callee = "", method = "", path = ""] = call.split(" ");
    const id = this.pen.id();
    const way = this.way(at, app, callee);
    const limit = at + (TIMEOUTS[app] ?? 5000);
    const told = {
      "server.address": "127.0.0.1",
      "server.port": way.asked ?? `${callee}-port`,
      "http.request.method": method,
    };
    const fail = (end: Instant, type: string, status: number): Outcome => {
      this.pen.span(app, "client", method, trace, id, parent, at, end, true, { ...told, "error.type": type });
      this.pen.log(app, end, 13, `call to upstream failed: ${type}`, trace);
      return { end, failed: true, status };
    };
    if (this.trouble(at).down === callee || way.asked || this.#random.next() < (way.refused ?? 0))
      return fail(at + 1, "ECONNREFUSED", 502);
    if (this.#random.next() < (way.reset ?? 0)) return fail(at + 3, "ECONNRESET", 502);
    if (this.#random.next() < (way.lost ?? 0)) return fail(limit, "TimeoutError", 504);
    const delay = way.delay ? this.#random.around(way.delay, 0.15) : 0;
    const answer = this.serve(callee as App, `${method} ${path}`, at + delay / 2 + 0.2, trace, id, false);
    const end = answer.end + delay / 2 + this.#random.around(0.3, 0.3);
    if (end > limit) return fail(limit, "TimeoutError", 504);
    this.pen.span(app, "client", method, trace, id, parent, at, end, answer.failed, {
      ...told,
      "http.response.status_code": answer.status,
    });
    if (answer.failed) this.pen.log(app, end, 13, `call to upstream returned ${answer.status}`, trace);
    return { end, failed: answer.failed, status: answer.failed ? 502 : 200 };
  }

  callRates(at: Instant, trace: string, parent: string): Outcome {
    if (at < this.#rates + 1000) return { end: at, failed: false, status: 200 };
    const failed = this.#random.next() < (this.trouble(at).provider ?? 0);
    const end = at + this.#random.around(4, 0.3);
    if (!failed) this.#rates = end;
    const told = {
      "service.peer.name": this.name("rates"),
      "http.response.status_code": failed ? 503 : 200,
      ...(failed ? { "error.type": "503" } : {}),
    };
    this.pen.span("quotes", "client", "GET", trace, this.pen.id(), parent, at, end, failed, told);
    return { end, failed, status: failed ? 502 : 200 };
  }

  /** A transaction: a connection of the pool, its statements, each one exchange. */
  query(at: Instant, statements: readonly string[], trace: string, parent: string): Outcome {
    const slot = earliestOf(this.#connections);
    const free = Math.max(at, this.#connections[slot] ?? 0);
    this.meters.waited("connection", Math.min(free, at + 2000), Math.min(free - at, 2000));
    if (free - at > 2000) {
      this.pen.log("orders", at + 2000, 17, "unhandled exception", trace, {
        type: "java.sql.SQLTransientConnectionException",
        message: "HikariPool-1 - Connection is not available, request timed out after 2000ms.",
      });
      this.meters.pending("connection", at, at + 2000);
      return { end: at + 2000, failed: true, status: 500 };
    }
    this.meters.pending("connection", at, free);
    let now = free;
    for (const call of statements) {
      const statement = call.slice(6);
      const delay = this.way(at, "orders", "store").delay;
      const waits = this.trouble(at).table?.statement === statement ? (this.trouble(at).table?.ms ?? 0) : 0;
      const end = now + this.#random.around(1.5, 0.4) + (delay ? this.#random.around(delay, 0.15) : 0) + waits;
      if (statement !== "COMMIT")
        this.pen.span("orders", "client", statement, trace, this.pen.id(), parent, now, end, false, {
          "db.system.name": "postgresql",
          "db.namespace": this.name("store"),
        });
      now = end;
    }
    this.#connections[slot] = now;
    this.meters.held("connection", free, now);
    return { end: now, failed: false, status: 200 };
  }
}

function earliestOf(slots: readonly number[]): number {
  let best = 0;
  slots.forEach((free, i) => {
    if (free < (slots[best] ?? 0)) best = i;
  });
  return best;
}
