import type { Attributes, Instant } from "../../telemetry/model.ts";
import type { Recording } from "./memory.ts";
import { APPS, type App, type TownOptions } from "./plan.ts";
import { chance } from "./random.ts";

type Held = "worker" | "connection";
/** Runtime metrics of the town, written down as things happen and turned into series at the end. */
export interface Meters {
  worked(app: App, at: Instant, ms: number): void;
  waited(what: Held, at: Instant, ms: number): void;
  held(what: Held, from: Instant, to: Instant): void;
  pending(what: Held, from: Instant, to: Instant): void;
  locked(app: App, at: Instant, ms: number): void;
  series(name: (app: string) => string): Recording["series"];
}
const EVERY = 5000;

export function meters(
  from: Instant,
  to: Instant,
  options: TownOptions,
  inside: { from: Instant; to: Instant },
): Meters {
  const points = Math.floor((to - from) / EVERY);
  const row = () => new Float64Array(points);
  const slot = (at: Instant) => Math.min(points - 1, Math.max(0, Math.floor((at - from) / EVERY)));
  const rows = new Map<string, Float64Array>();
  const of = (key: string) => {
    const found = rows.get(key) ?? row();
    rows.set(key, found);
    return found;
  };
  const add = (key: string, i: number, value: number) => {
    const values = of(key);
    values[i] = (values[i] ?? 0) + value;
  };
  /** Sampled at the moment of each export. */
  const cover = (key: string, a: Instant, b: Instant) => {
    for (let i = Math.max(0, Math.ceil((a - from) / EVERY) - 1); i < points && from + (i + 1) * EVERY < b; i++)
      if (from + (i + 1) * EVERY >= a) add(key, i, 1);
  };
  const random = chance(options.seed ^ 0x1234567);
  return {
    worked: (app, at, ms) => add(`cpu ${app}`, slot(at), (ms * 0.8) / 1000),
    waited(what, at, ms) {
      add(`wait ${what}`, slot(at), ms / 1000);
      add(`waits ${what}`, slot(at), 1);
    },
    held: (what, a, b) => cover(`used ${what}`, a, b),
    pending: (what, a, b) => cover(`pending ${what}`, a, b),
    locked: (app, at, ms) => add(`lock ${app}`, slot(at), ms / 1000),
    series(name) {
      const out: Recording["series"] = [];
      const at = Float64Array.from({ length: points }, (_, i) => from + (i + 1) * EVERY - 1);
      const arrivals = at.map((time) => time + 200);
      const push = (
        app: string,
        metric: string,
        unit: string,
        kind: "gauge" | "counter" | "histogram",
        value: Float64Array,
        attributes: Attributes = {},
        count?: Float64Array,
      ) => {
        const { down } = options.trouble ?? {};
        const alive = [...at.keys()].filter(
          (i) => app !== down || (at[i] ?? 0) < inside.from || (at[i] ?? 0) >= inside.to,
        );
        const keep = (of: Float64Array) => Float64Array.from(alive, (i) => of[i] ?? 0);
        const component = name(app);
        out.push({
          component,
          instance: `${component}-1`,
          metric,
          unit,
          kind,
          attributes,
          at: keep(at),
          value: keep(value),
          arrivals: keep(arrivals),
          ...(count ? { count: keep(count) } : {}),
        });
      };
      for (const app of APPS) {
        push(
          app,
          "process.cpu.time",
          "s",
          "counter",
          of(`cpu ${app}`).map((used) => used + 0.05 + 0.02 * random.next()),
        );
        const { leak } = options.trouble ?? {};
        const leaked = (i: number) =>
          leak?.app === app
            ? (Math.max(0, Math.min(at[i] ?? 0, inside.to) - inside.from) / 1000) * leak.bytesPerSecond
            : 0;
        push(
          app,
          "process.memory.usage",
          "By",
          "gauge",
          row().map((_, i) => 180e6 + 4e6 * random.next() + leaked(i)),
        );
      }
      const limit = (n: number) => row().fill(n);
      push("orders", "tomcat.thread.busy.count", "{thread}", "gauge", of("used worker"));
      push("orders", "tomcat.thread.limit", "{thread}", "gauge", limit(options.workers ?? 16));
      push("orders", "app.worker.queue_time", "s", "histogram", of("wait worker"), {}, of("waits worker"));
      push("orders", "db.client.connection.count", "{connection}", "gauge", of("used connection"), {
        "db.client.connection.state": "used",
      });
      push("orders", "db.client.connection.max", "{connection}", "gauge", limit(10));
      push("orders", "db.client.connection.pending_requests", "{request}", "gauge", of("pending connection"));
      push(
        "orders",
        "db.client.connection.wait_time",
        "s",
        "histogram",
        of("wait connection"),
        {},
        of("waits connection"),
      );
      push("stock", "app.mutex.wait_time", "s", "counter", of("lock stock"));
      push(
        "stock",
        "go.goroutine.count",
        "{goroutine}",
        "gauge",
        row().map(() => 20 + Math.floor(4 * random.next())),
      );
      push(
        "front",
        "asyncio.loop.lag",
        "s",
        "histogram",
        row().map(() => 0.02 + 0.01 * random.next()),
        {},
        limit(50),
      );
      push(
        "quotes",
        "nodejs.eventloop.delay.p99",
        "s",
        "gauge",
        row().map(() => 0.011 + 0.002 * random.next()),
      );
      return out;
    },
  };
}
