import { writeFile } from "node:fs/promises";
import { HarnessError } from "../../generator/harness-error.ts";
import type { AppId } from "../../generator/targets/target.ts";
import { type Plan, startTraffic } from "../../generator/traffic/engine.ts";
import { constant } from "../../generator/traffic/load.ts";
import type { Outcome } from "../../generator/traffic/outcome.ts";
import { k6Summary, type Summary, summarize } from "../../generator/traffic/summary.ts";
import type { Command } from "./command.ts";

const NAMES: Readonly<Record<string, { app: AppId; port: number }>> = {
  otel: { app: "otel-sample-app", port: 8080 },
  "java-otel": { app: "java-otel-sample-app", port: 8081 },
  "go-otel": { app: "go-otel-sample-app", port: 8090 },
  "sample-metrics": { app: "sample-metrics-app", port: 8000 },
};
const WAIT_MS = 5_000;

interface Options {
  readonly app: string;
  readonly duration: number;
  readonly rps: number;
  readonly errorRate: number;
  readonly baseUrl: readonly string[];
  readonly seed?: number;
  readonly arrivals: "uniform" | "poisson";
  readonly out?: string;
  readonly json: boolean;
  readonly allowHost: readonly string[];
}

export default {
  command: "traffic",
  describe: "send steady user traffic to apps that are up",
  builder: (yargs) =>
    yargs
      .option("app", { choices: [...Object.keys(NAMES), "all"], default: "all", describe: "which app" })
      .option("duration", { type: "number", default: 900, describe: "seconds" })
      .option("rps", { type: "number", default: 10, describe: "requests a second to EACH app (all: four times that)" })
      .option("error-rate", {
        type: "number",
        default: 0.05,
        describe: "share of requests on which the app itself fails (real 5xx)",
      })
      .option("base-url", { type: "string", array: true, default: [], describe: "URL, or app=URL for several" })
      .option("allow-host", { type: "string", array: true, default: [], describe: "a host that is not this machine" })
      .option("arrivals", { choices: ["uniform", "poisson"], default: "poisson", describe: "how requests are spaced" })
      .option("seed", { type: "number", describe: "same seed, same requests; random if left out" })
      .option("out", { type: "string", describe: "write a k6-compatible summary JSON here" })
      .option("json", { type: "boolean", default: false, describe: "print one JSON document" }),
  async handler(argv, signal) {
    const options = argv as unknown as Options;
    const urls = addresses(options);
    check(options);
    await reachable(urls);
    const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
    const streams = [...urls].map(([app, url]) => ({
      app,
      url,
      phases: [{ lasts: options.duration * 1_000, load: constant(options.rps), reserved: options.errorRate }],
    }));
    const { outcomes, seconds } = await send({ streams, seed, arrivals: options.arrivals, timeout: WAIT_MS }, signal);
    const summary = summarize(outcomes, seconds);
    if (options.out) await writeFile(options.out, `${JSON.stringify(k6Summary(outcomes, seconds), null, 2)}\n`);
    process.stdout.write(
      options.json ? `${JSON.stringify({ schema: 1, seed, ...summary })}\n` : told(summary, options, seed),
    );
    return summary.valid || signal.aborted ? 0 : 4;
  },
} satisfies Command;

const usage = (message: string, hint: string): HarnessError => new HarnessError(message, { hint, exitCode: 2 });

function check({ duration, rps, errorRate }: Options): void {
  if (!(duration > 0 && duration <= 86_400))
    throw usage("--duration must lie between 0 and 86400 seconds", "try --duration 60");
  if (!(rps > 0 && rps <= 5_000)) throw usage("--rps must lie between 0 and 5000", "try --rps 10");
  if (!(errorRate >= 0 && errorRate <= 0.3))
    throw usage("--error-rate is a share between 0 and 0.3", "5 % is --error-rate 0.05");
}

function addresses({ app, baseUrl, allowHost }: Options): Map<AppId, string> {
  const wanted = app === "all" ? Object.keys(NAMES) : [app];
  const given = new Map(
    baseUrl.map((text) => (text.includes("=") ? (text.split("=", 2) as [string, string]) : [wanted[0] ?? "", text])),
  );
  if (baseUrl.some((text) => !text.includes("=")) && wanted.length > 1)
    throw usage(
      "--base-url needs app=URL when several apps are driven",
      "for example --base-url java-otel=http://127.0.0.1:8081",
    );
  const urls = new Map<AppId, string>();
  for (const name of wanted) {
    const known = NAMES[name];
    if (known) urls.set(known.app, local(given.get(name) ?? `http://127.0.0.1:${known.port}`, allowHost));
  }
  return urls;
}

function local(text: string, allowed: readonly string[]): string {
  if (!URL.canParse(text)) throw usage(`"${text}" is not a URL`, "for example http://127.0.0.1:8081");
  const { hostname } = new URL(text);
  if (/^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname) || allowed.includes(hostname)) return text;
  throw usage(`${hostname} is not this machine`, `if you may load it, add --allow-host ${hostname}`);
}

async function reachable(urls: ReadonlyMap<AppId, string>): Promise<void> {
  for (const [app, url] of urls) {
    const answer = await fetch(new URL("/health", url), { signal: AbortSignal.timeout(3_000) }).catch(() => undefined);
    if (!answer?.ok)
      throw new HarnessError(`${app} does not answer at ${url}`, {
        hint: "start the apps with npm run apps",
        exitCode: 3,
      });
  }
}

async function send(plan: Plan, signal: AbortSignal): Promise<{ outcomes: Outcome[]; seconds: number }> {
  const outcomes: Outcome[] = [];
  await using traffic = await startTraffic(plan, signal);
  let said = Date.now();
  const every = process.stderr.isTTY ? 1_000 : 30_000;
  for await (const batch of traffic.batches()) {
    outcomes.push(...batch);
    if (Date.now() - said < every) continue;
    said = Date.now();
    const now = summarize(outcomes, (said - traffic.startedAt) / 1_000);
    process.stderr.write(
      `${now.seconds.toFixed(0)} s: ${now.achieved.toFixed(1)} rps, errors ${percent(now.errorShare)}, p95 ${now.response.p95.toFixed(0)} ms\n`,
    );
  }
  const planned = Math.max(...plan.streams.map((one) => one.phases[0]?.lasts ?? 0)) / 1_000;
  return { outcomes, seconds: signal.aborted ? (Date.now() - traffic.startedAt) / 1_000 : planned };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function told(summary: Summary, { rps, errorRate, app }: Options, seed: number): string {
  const { response, status } = summary;
  const statuses = Object.entries(status)
    .map(([key, count]) => `${key}: ${count}`)
    .join(", ");
  return [
    `traffic to ${app}, ${rps} rps to each app, ${summary.seconds.toFixed(0)} s, seed ${seed}`,
    `rate      asked ${summary.offered.toFixed(2)} rps in all, achieved ${summary.achieved.toFixed(2)}, dropped ${summary.dropped}`,
    `errors    asked ${percent(errorRate)} (${percent(summary.reservedShare)} of requests named flawed records), achieved ${percent(summary.errorShare)}`,
    `response  p50 ${response.p50.toFixed(1)} ms, p95 ${response.p95.toFixed(1)} ms, p99 ${response.p99.toFixed(1)} ms (from due)`,
    `slip      p99 ${summary.slip.p99.toFixed(2)} ms`,
    `answers   ${statuses}`,
    ...(summary.why ? [`not valid: ${summary.why}`] : []),
    "",
  ].join("\n");
}
