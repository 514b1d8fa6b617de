import { rm } from "node:fs/promises";
import { conclude } from "../../agent/conclude.ts";
import { type Accept, openOtlp } from "../../agent/sources/otlp.ts";
import { pour } from "../../agent/sources/otlp-records.ts";
import { openPrometheus } from "../../agent/sources/prometheus.ts";
import type { Instant, Telemetry, Window } from "../../agent/telemetry/model.ts";
import { openStore } from "../../agent/telemetry/store.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import { RecordingWriter } from "../archive/writer.ts";
import { type Ear, type Thoughts, think } from "../think.ts";
import { liveTicks, TICK } from "../ticks.ts";
import { briefFor } from "./brief.ts";
import type { Investigated, Order } from "./investigated.ts";
import { growing, namesIn, requireScope, restriction } from "./scope.ts";
import type { Live } from "./source.ts";

const SCRAPE_MS = 5_000;

/** Who watches: told what the agent says, and of the sources now and then. */
export interface Watching extends Ear {
  line(text: string): void;
}

/**
 * Receives and scrapes on loopback, lets the agent think along, and ends at `signal` or when `--last` has passed; then
 * nothing runs any more. What was received is kept in `directory`, an unsealed recording. Throws (exit 3) when a port is taken.
 */
export async function investigateLive(
  source: Live,
  order: Order,
  directory: string,
  signal: AbortSignal,
  watching: Watching,
): Promise<Investigated> {
  signal.throwIfAborted();
  const store = openStore();
  const writer = await RecordingWriter.open(directory);
  const accept: Accept = (request, arrival) => {
    writer.request(request, arrival);
    pour(request, arrival, store);
  };
  const view = (now: () => Instant): Telemetry => {
    const whole = store.view(now);
    return order.scope.length === 0 ? whole : growing(whole, order.scope);
  };
  const { thoughts, window } = await attended(source, order, accept, view, signal, watching).catch(
    async (error: unknown) => {
      await writer.end();
      await rm(directory, { recursive: true, force: true });
      throw error;
    },
  );
  await writer.end();
  const whole = store.view(() => window.to + TICK);
  const known = namesIn(whole);
  const scope = known.length === 0 ? [] : requireScope(order.scope, known);
  return {
    ...thoughts,
    agent: order.agent.name,
    sources: sourcesTold(source),
    live: true,
    window,
    question: order.question,
    scope,
    investigation: conclude(thoughts.findings),
    telemetry: restriction(scope, whole)(whole),
  };
}

/** Everything that is started here has ended when it returns or throws. */
async function attended(
  { otlp, scrapes }: Live,
  order: Order,
  accept: Accept,
  view: (now: () => Instant) => Telemetry,
  signal: AbortSignal,
  watching: Watching,
): Promise<{ readonly thoughts: Thoughts; readonly window: Window }> {
  await using stack = new AsyncDisposableStack();
  const receiver = otlp === undefined ? undefined : stack.use(await listening(otlp, accept, signal));
  const scraping = { targets: scrapes, everyMs: SCRAPE_MS, accept };
  const scraper = scrapes.size === 0 ? undefined : stack.use(await openPrometheus(scraping, signal));
  const counts = (): string => {
    const { traces, metrics, logs } = receiver?.counts().accepted ?? { traces: 0, metrics: 0, logs: 0 };
    const batches = receiver ? `${traces + metrics + logs} batches received, ${receiver.counts().refused} refused` : "";
    return [batches, scraper ? `${scraper.failed()} scrapes failed` : ""].filter(Boolean).join(", ");
  };
  if (receiver) watching.line(`waiting for telemetry at ${receiver.url} (OTEL_EXPORTER_OTLP_ENDPOINT=${receiver.url})`);
  stack.use(every(30_000, () => watching.line(counts())));
  const start = Math.ceil(Date.now() / TICK) * TICK;
  const { last } = order.range;
  const deadline = last === undefined ? undefined : start + last;
  let stopped: Instant | undefined;
  signal.addEventListener("abort", () => (stopped ??= Math.floor(Date.now() / TICK) * TICK), { once: true });
  const end = (): Instant | undefined => stopped ?? deadline;
  // Ctrl-C is the end of the telemetry, not of the agent's thought: it has a last word.
  const own = new AbortController().signal;
  const brief = briefFor(order, undefined, order.scope);
  const thoughts = await think(order.agent, brief, view, liveTicks(start, end), own, watching);
  const to = Math.max(start, Math.min(end() ?? start, Math.floor(Date.now() / TICK) * TICK));
  watching.line(counts());
  return { thoughts, window: { from: start, to } };
}

async function listening(port: number, accept: Accept, signal: AbortSignal) {
  return openOtlp({ port, accept }, signal).catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    throw new HarnessError(`port ${port} ${code === "EACCES" ? "may not be opened" : "is taken"}`, {
      hint: `end what listens there (lsof -i :${port}), or take another: --source otlp=${port + 1_000}`,
      exitCode: 3,
    });
  });
}

function every(millis: number, tell: () => void): Disposable {
  const timer = setInterval(tell, millis);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

const sourcesTold = ({ otlp, scrapes }: Live): readonly string[] => [
  ...(otlp === undefined ? [] : [`OTLP over HTTP on 127.0.0.1:${otlp}`]),
  ...[...scrapes].map(([name, url]) => `Prometheus ${name} at ${url.href}`),
];
