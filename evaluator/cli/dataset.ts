import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { HarnessError } from "../../generator/harness-error.ts";
import { casesOf } from "../case.ts";
import type { Importer } from "../datasets/importer.ts";
import { type LintCase, lint } from "../datasets/lint.ts";
import { heardCaseOf, lintCaseOf } from "../datasets/lint-case.ts";
import nezha from "../datasets/nezha.ts";
import { exportOtlp } from "../datasets/otlp-export.ts";
import petshop from "../datasets/petshop.ts";
import rcaeval from "../datasets/rcaeval.ts";
import { type Exported, exportRcaeval } from "../datasets/rcaeval-export.ts";
import { importAll } from "../datasets/write.ts";
import type { Command } from "./command.ts";

const IMPORTERS: readonly Importer[] = [petshop, nezha, rcaeval];
const EXPORTERS: Readonly<Record<string, (cases: readonly string[], out: string) => AsyncGenerator<Exported>>> = {
  rcaeval: exportRcaeval,
  otlp: exportOtlp,
};
const UNBALANCED = 99;

interface Options {
  readonly deed: "import" | "export" | "lint";
  readonly what: string;
  readonly data?: string;
  readonly recording?: string;
  readonly out?: string;
  readonly replay: boolean;
  readonly json: boolean;
}

export default {
  command: "dataset <deed> <what>",
  describe: "public formats in and out, and the balance of a corpus",
  builder: (yargs) =>
    yargs
      .positional("deed", {
        choices: ["import", "export", "lint"] as const,
        demandOption: true,
        describe: "import: a public set as a corpus; export: recordings in another format; lint: exit 99 if unbalanced",
      })
      .positional("what", {
        type: "string",
        demandOption: true,
        describe: "import petshop, nezha or rcaeval; export rcaeval or otlp; lint a corpus",
      })
      .option("data", { type: "string", describe: "with import: folder of the public set; nothing is fetched" })
      .option("recording", { type: "string", describe: "with export: a run, a corpus, or one incidents/<id>" })
      .option("out", { type: "string", describe: "folder to write to" })
      .option("replay", {
        type: "boolean",
        default: false,
        describe: "with lint: also let the agent that names who is loudest think over each case",
      })
      .option("json", { type: "boolean", default: false, describe: "print exactly one JSON document" })
      .example("$0 dataset import nezha --data nezha/ --out reports/nezha", "then: replay reports/nezha/incidents/<id>")
      .example("$0 dataset export otlp --recording reports/<run> --out otlp/", "one request a line"),
  async handler(argv, signal) {
    const options = argv as unknown as Options;
    if (options.deed === "lint") return linted(options, signal);
    return options.deed === "import" ? imported(options, signal) : exported(options, signal);
  },
} satisfies Command;

async function imported({ what, data, out, json }: Options, signal: AbortSignal): Promise<number> {
  const importer = IMPORTERS.find(({ name }) => name === what);
  if (importer === undefined)
    throw noFormat(
      what,
      IMPORTERS.map(({ name }) => name),
    );
  const target = needed("--out", out);
  const cases: { id: string; name: string }[] = [];
  for await (const one of importAll(importer, needed("--data", data), target, signal)) {
    cases.push(one);
    if (!json) process.stderr.write(`${one.id}  ${one.name}\n`);
  }
  process.stdout.write(
    json
      ? `${JSON.stringify({ schema: 1, out: target, cases })}\n`
      : `${cases.length} cases in ${target}: incidents/ for agents, truth/ for the judge alone\n`,
  );
  return 0;
}

async function exported({ what, recording, out, json }: Options, signal: AbortSignal): Promise<number> {
  const exporter = EXPORTERS[what];
  if (exporter === undefined) throw noFormat(what, Object.keys(EXPORTERS));
  const cases = await recordingsIn(needed("--recording", recording));
  const target = needed("--out", out);
  const done: Exported[] = [];
  for await (const one of exporter(cases, target)) {
    signal.throwIfAborted();
    done.push(one);
    if (!json) process.stderr.write(`${one.id}  ${"folder" in one ? one.folder : `left out: ${one.left}`}\n`);
  }
  const written = done.filter((one) => "folder" in one).length;
  process.stdout.write(
    json
      ? `${JSON.stringify({ schema: 1, out: target, cases: done })}\n`
      : `${written} of ${done.length} recordings written to ${target}\n`,
  );
  return 0;
}

async function linted({ what, replay, json }: Options, signal: AbortSignal): Promise<number> {
  const cases: LintCase[] = [];
  for (const directory of await casesOf(resolve(what)))
    cases.push(await (replay ? heardCaseOf(directory, signal) : lintCaseOf(directory)));
  const rules = lint(cases);
  const lines = rules.map(({ rule, saw, limit, kept }) => `${kept ? "kept  " : "BROKEN"}  ${rule}: ${saw} (${limit})`);
  process.stdout.write(
    json ? `${JSON.stringify({ schema: 1, cases: cases.length, rules })}\n` : `${lines.join("\n")}\n`,
  );
  return rules.every(({ kept }) => kept) ? 0 : UNBALANCED;
}

/** The recording itself, or all in a run or corpus. */
async function recordingsIn(path: string): Promise<readonly string[]> {
  const files = await readdir(path).catch((): string[] => []);
  return files.includes("manifest.json") ? [path] : casesOf(path);
}

function needed(flag: string, value: string | undefined): string {
  if (value !== undefined && value !== "") return resolve(value);
  throw new HarnessError(`${flag} is missing`, { hint: "see dataset --help", exitCode: 2 });
}

const noFormat = (what: string, names: readonly string[]): HarnessError =>
  new HarnessError(`there is no format "${what}"`, { hint: `one of: ${names.join(", ")}`, exitCode: 2 });
