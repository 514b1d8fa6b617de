import { rmdir, stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import type { Stamped } from "../../agent/investigation.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import { loadAgent } from "../agents.ts";
import { type Investigated, type Order, outcomeOf } from "../investigate/investigated.ts";
import { leave } from "../investigate/leave.ts";
import { investigateLive, type Watching } from "../investigate/live.ts";
import { questionOf } from "../investigate/question.ts";
import { rangeOf } from "../investigate/range.ts";
import { investigateRecording } from "../investigate/recorded.ts";
import { scopeNames } from "../investigate/scope.ts";
import { type Live, type Source, sourceOf } from "../investigate/source.ts";
import { caseId, stampOf } from "../names.ts";
import { conclusion } from "../report/sections/conclusion.ts";
import type { Command } from "./command.ts";
import { reportsDirectory } from "./places.ts";
import { findingTold } from "./progress.ts";
import { openFile } from "./scenario.ts";

interface Options {
  readonly source: readonly string[];
  readonly trigger?: string;
  readonly from?: string;
  readonly to?: string;
  readonly last?: string;
  readonly scope: readonly string[];
  readonly agent: string;
  readonly out?: string;
  readonly open: boolean;
  readonly json: boolean;
}
/** Nothing came that could be investigated: what sends it, or the way here, is not ready. */
const NOTHING_CAME = 3;
/** So many gaps are told; the page has all. */
const MOST_GAPS = 3;

export default {
  command: "investigate",
  describe: "investigate telemetry without a drill: a recording, or what is sent or scraped on this machine",
  endsByInterrupt: true,
  builder: (yargs) =>
    yargs
      .option("source", {
        type: "string",
        array: true,
        default: [],
        describe: "a recording's folder; or otlp, otlp=PORT, prometheus=URL, prometheus=NAME@URL (repeat for several)",
      })
      .option("trigger", {
        type: "string",
        describe: '"Error rate spike", "High CPU", "Performance degradation", or a question in your own words',
      })
      .option("from", { type: "string", describe: "of a recording: from this time on (ISO 8601)" })
      .option("to", { type: "string", describe: "of a recording: up to this time" })
      .option("last", { type: "string", describe: "its last 90s, 30m or 2h; live: for so long, else until Ctrl-C" })
      .option("scope", { type: "string", array: true, default: [], describe: "app=NAME: this app and what it calls" })
      .option("agent", { type: "string", default: "statistical", describe: "which agent investigates" })
      .option("out", { type: "string", describe: "folder for the result; else reports/<time>-investigation" })
      .option("open", { type: "boolean", default: false, describe: "open the page in a browser" })
      .option("json", { type: "boolean", default: false, describe: "print exactly one JSON document" })
      .example(
        '$0 investigate --source reports/example --trigger "Error rate spike"',
        "a recording, its truth unopened",
      )
      .example("$0 investigate --source otlp --last 10m", "whatever sends OTLP to port 4318"),
  handler: (argv, signal) => investigate(argv as unknown as Options, signal),
} satisfies Command;

async function investigate(options: Options, signal: AbortSignal): Promise<number> {
  const source = sourceOf(options.source);
  const order: Order = {
    agent: await loadAgent(options.agent),
    range: rangeOf(options),
    question: questionOf(options.trigger),
    scope: scopeNames(options.scope),
  };
  const out = resolve(options.out ?? join(reportsDirectory(), `${stampOf(new Date())}-investigation`));
  const { seen, recording } = await attended(source, order, out, signal);
  const { file, summary } = await leave(seen, out, recording);
  process.stdout.write(options.json ? `${JSON.stringify(summary)}\n` : told(seen, relative(process.cwd(), file)));
  if (options.open) openFile(file);
  return outcomeOf(seen) === "nothing-received" ? NOTHING_CAME : 0;
}

interface Attended {
  readonly seen: Investigated;
  /** As seen from the folder of the result. */
  readonly recording: string;
}
const line = (text: string): void => void process.stderr.write(`${text}\n`);
const heard = (finding: Stamped): void => line(`agent: ${findingTold(finding)}`);

async function attended(source: Source, order: Order, out: string, signal: AbortSignal): Promise<Attended> {
  if (source.kind === "live") return live(source, order, out, signal, { line, heard });
  const path = resolve(source.path);
  return { seen: await investigateRecording(path, order, signal, { heard }), recording: relative(out, path) };
}

async function live(
  source: Live,
  order: Order,
  out: string,
  signal: AbortSignal,
  watching: Watching,
): Promise<Attended> {
  const { from, to } = order.range;
  if (from !== undefined || to !== undefined)
    throw new HarnessError("--from and --to are for recordings", {
      hint: "live, say how long: --last 10m",
      exitCode: 2,
    });
  const recording = join("incidents", caseId());
  const directory = join(out, recording);
  try {
    return { seen: await investigateLive(source, order, directory, signal, watching), recording };
  } catch (error) {
    const kept = await stat(directory).catch(() => undefined);
    if (kept) line(`what was received is kept: --source ${relative(process.cwd(), directory)}`);
    // Only what is empty is taken away: the folder may be the user's own.
    for (const folder of [join(out, "incidents"), out]) await rmdir(folder).catch(() => undefined);
    throw error;
  }
}

function told(seen: Investigated, file: string): string {
  const { word, headline, sentences } = conclusion(seen);
  const { gaps } = seen.investigation;
  return [
    `${word.toUpperCase()}: ${headline}`,
    ...sentences.map((one) => `  ${one}`),
    ...gaps.slice(0, MOST_GAPS).map((gap) => `  gap       ${gap}`),
    ...(gaps.length > MOST_GAPS ? [`            and ${gaps.length - MOST_GAPS} more`] : []),
    `  page      ${file}`,
    "",
  ].join("\n");
}
