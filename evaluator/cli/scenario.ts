import { spawn } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { HarnessError } from "../../generator/harness-error.ts";
import { knownKnees } from "../calibration.ts";
import { loadScenario, scenarioNames } from "../catalogue.ts";
import { keep } from "../keep.ts";
import { caseId, runId } from "../names.ts";
import { hold } from "../trial.ts";
import { RECEIVERS } from "../venue.ts";
import { type AgentOptions, agentOf, withAgent } from "./agent-options.ts";
import type { Command } from "./command.ts";
import { buildCache, reportsDirectory, stateDirectory } from "./places.ts";
import { progress } from "./progress.ts";
import { told } from "./told.ts";

interface Options extends AgentOptions {
  readonly name?: string;
  readonly seed: number;
  readonly full: boolean;
  readonly otlp: keyof typeof RECEIVERS;
  readonly json: boolean;
  readonly open: boolean;
  readonly require?: "correct";
}

const OTLP = Object.keys(RECEIVERS) as (keyof typeof RECEIVERS)[];

export default {
  command: "scenario [name]",
  describe: "run a drill: real apps, load, a fault, an agent, a report; without a name: list them",
  builder: (yargs) =>
    withAgent(yargs)
      .positional("name", { type: "string", describe: "which scenario" })
      .option("seed", { type: "number", default: 1, describe: "draws the load, the lengths and the names" })
      .option("full", { type: "boolean", default: false, describe: "the long form: 600 to 900 s of watching" })
      .option("otlp", { choices: OTLP, default: "http" as const, describe: "how the apps send their telemetry" })
      .option("require", { choices: ["correct"] as const, describe: "exit 99 unless the answer is correct" })
      .option("open", { type: "boolean", default: false, describe: "open the report in a browser" })
      .option("json", { type: "boolean", default: false, describe: "print exactly one JSON document" }),
  async handler(argv, signal) {
    const options = argv as unknown as Options;
    if (options.name === undefined) return list(options.json);
    if (!Number.isSafeInteger(options.seed) || options.seed < 0)
      throw new HarnessError("--seed is a whole number from 0", { hint: "for example --seed 7", exitCode: 2 });
    const scenario = await loadScenario(options.name);
    const agent = await agentOf(options);
    const id = runId(new Date(), options.name, options.seed);
    const out = join(reportsDirectory(), id);
    await mkdir(out, { recursive: true });
    using show = progress(process.stderr);
    const knees = await knownKnees(stateDirectory(), (text) => show.line(text));
    const holding = hold(
      {
        id,
        case: caseId(),
        name: options.name,
        scenario,
        agent,
        seed: options.seed,
        full: options.full,
        otlp: options.otlp,
        state: stateDirectory(),
        cache: buildCache(),
        knees,
        out,
        show,
      },
      signal,
    );
    // A run that could not be held has no verdict, and its recording no manifest: nothing that could be used again.
    const held = await holding.catch(async (error: unknown) => {
      await rm(out, { recursive: true, force: true });
      throw error;
    });
    const report = await keep(held, out);
    const { verdict } = held;
    const shown = relative(process.cwd(), report.file);
    process.stdout.write(options.json ? `${JSON.stringify(report.result)}\n` : told(verdict, shown));
    if (options.open) openFile(report.file);
    if (verdict.state === "invalid") return 4;
    return options.require === "correct" && verdict.state !== "correct" ? 99 : 0;
  },
} satisfies Command;

async function list(json: boolean): Promise<number> {
  const names = await scenarioNames();
  const all = await Promise.all(names.map(async (name) => ({ name, title: (await loadScenario(name)).title })));
  const width = Math.max(...names.map((name) => name.length));
  process.stdout.write(
    json
      ? `${JSON.stringify({ schema: 1, scenarios: all })}\n`
      : `${all.map(({ name, title }) => `${name.padEnd(width)}  ${title}`).join("\n")}\n\nnpm run scenario <name>\n`,
  );
  return 0;
}

/** Shows a file with whatever the desktop opens it with; that there is none is no error. */
export function openFile(file: string): void {
  const opener = process.platform === "darwin" ? "open" : "xdg-open";
  const child = spawn(opener, [file], { detached: true, stdio: "ignore" });
  child.on("error", () => process.stderr.write(`could not open a browser; the report is ${file}\n`));
  child.unref();
}
