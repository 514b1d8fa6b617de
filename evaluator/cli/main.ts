import yargs, { type Argv } from "yargs";
import { HarnessError } from "../../generator/harness-error.ts";
import apps from "./apps.ts";
import benchmark from "./benchmark.ts";
import calibrate from "./calibrate.ts";
import chaos from "./chaos.ts";
import type { Command } from "./command.ts";
import compare from "./compare.ts";
import corpus from "./corpus.ts";
import dataset from "./dataset.ts";
import demo from "./demo.ts";
import doctor from "./doctor.ts";
import evaluate from "./evaluate.ts";
import gate from "./gate.ts";
import investigate from "./investigate.ts";
import merge from "./merge.ts";
import prevent from "./prevent.ts";
import recover from "./recover.ts";
import replay from "./replay.ts";
import rescore from "./rescore.ts";
import scenario from "./scenario.ts";
import suite from "./suite.ts";
import traffic from "./traffic.ts";

const COMMANDS: readonly Command[] = [
  scenario,
  suite,
  gate,
  corpus,
  evaluate,
  merge,
  compare,
  rescore,
  demo,
  investigate,
  apps,
  traffic,
  chaos,
  replay,
  calibrate,
  prevent,
  dataset,
  benchmark,
  doctor,
  recover,
];
const INTERRUPTED = 130;
/** npm forwards Ctrl-C a second time at once; only a later one means "now". */
const SAME_SIGNAL_MS = 500;

const stop = new AbortController();
let signalled: number | undefined;
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => interrupt());

function interrupt(): void {
  const now = performance.now();
  if (signalled === undefined) {
    signalled = now;
    process.stderr.write("\nstopping: taking faults back and ending what was started (once more to leave at once)\n");
    stop.abort(new DOMException("interrupted", "AbortError"));
  } else if (now - signalled > SAME_SIGNAL_MS) {
    process.exit(INTERRUPTED);
  }
}

let exitCode = 0;
let ended = false;
function register(parser: Argv, command: Command): Argv {
  return parser.command(command.command, command.describe, command.builder, async (argv) => {
    exitCode = await command.handler(argv as Record<string, unknown>, stop.signal);
    ended = command.endsByInterrupt === true;
  });
}

const usage = (message: string): HarnessError => new HarnessError(message, { hint: "see --help", exitCode: 2 });
const parser = COMMANDS.reduce(
  register,
  yargs(process.argv.slice(2))
    .scriptName("firedrill")
    .strict()
    .demandCommand(1, "name a command")
    .recommendCommands()
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? usage(message);
    })
    .completion("completion", "print a completion script for the shell")
    .wrap(100) as Argv,
);

try {
  await parser.parseAsync();
} catch (error) {
  exitCode = explain(error);
}
if (signalled !== undefined && !ended) exitCode = INTERRUPTED;
process.exitCode = exitCode;

function explain(error: unknown): number {
  if (stop.signal.aborted) return INTERRUPTED;
  if (error instanceof HarnessError) {
    process.stderr.write(`firedrill: ${error.message}\nhint: ${error.hint}\n`);
    return error.exitCode;
  }
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`firedrill: unexpected error: ${told}\nhint: npm run recover takes back what may be left\n`);
  return 1;
}
