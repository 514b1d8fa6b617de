import { BIN, type Bin } from "../../agent/engine/bins.ts";
import { type Digest, digest } from "../../agent/engine/digest.ts";
import { addLogs, emptyLogBook, type LogBook } from "../../agent/engine/logs.ts";
import { type Habits, habitsOf, type Step, type StepsOf } from "../../agent/engine/structure.ts";
import { emptyTree, file, type TemplateTree } from "../../agent/engine/templates.ts";
import { forest, type Node } from "../../agent/engine/traces.ts";
import type { LogRecord, Millis } from "../../agent/telemetry/model.ts";
import { minutesIn, type NezhaDay, type NezhaFault } from "../datasets/nezha-day.ts";
import { logRecordsIn } from "../datasets/nezha-logs.ts";
import { engineSpansIn } from "../datasets/nezha-spans.ts";

/** What was published of the two minutes after a fault's own. */
export interface FaultWindow {
  readonly fault: NezhaFault;
  /** Empty when no traces were published. */
  readonly nodes: readonly Node[];
  readonly digest: Digest;
  readonly habits: Habits;
  readonly stepsOf: StepsOf;
  readonly traces: number;
  /** Its bin in the day's book of log lines; undefined when no logs were published. */
  readonly bin: Bin | undefined;
}
/** One day: its windows share the templates of their logs, and each is one bin of the book. */
export interface Windows {
  readonly windows: readonly FaultWindow[];
  readonly book: LogBook;
}

const MINUTE: Millis = 60_000;
const LENGTH: Millis = 2 * MINUTE;
const ERROR = 17;

export async function windowsOf(day: NezhaDay): Promise<Windows> {
  const [book, tree] = [emptyLogBook(), emptyTree()];
  const windows: FaultWindow[] = [];
  for (const [i, fault] of day.faults.entries()) windows.push(await windowOf(day, fault, i, book, tree));
  return { windows, book };
}

async function windowOf(
  { directory }: NezhaDay,
  fault: NezhaFault,
  bin: Bin,
  book: LogBook,
  tree: TemplateTree,
): Promise<FaultWindow> {
  const said = Date.parse(`${fault.text.replace(" ", "T")}Z`);
  const from = Math.floor(said / MINUTE) * MINUTE + MINUTE;
  const spans = await engineSpansIn(await minutesIn(directory, "trace", from, from + LENGTH));
  const lines = await logRecordsIn(await minutesIn(directory, "log", from, from + LENGTH));
  // Each window is one bin of its own, whatever the clock said.
  addLogs(
    book,
    lines.map((line) => ({ ...line, at: bin * BIN, arrival: bin * BIN })),
  );
  const nodes = forest(spans);
  const stepsOf = stepsIn(lines, tree);
  return {
    fault,
    nodes,
    digest: digest(nodes, { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }),
    habits: habitsOf(nodes, stepsOf),
    stepsOf,
    traces: new Set(spans.map(({ trace }) => trace)).size,
    bin: lines.length > 0 ? bin : undefined,
  };
}

function stepsIn(lines: readonly LogRecord[], tree: TemplateTree): StepsOf {
  if (lines.length === 0) return () => undefined;
  const bySpan = new Map<string, Step[]>();
  for (const { span, body, severity } of lines) {
    if (span === undefined) continue;
    const steps = bySpan.get(span) ?? [];
    bySpan.set(span, steps);
    steps.push({ template: file(tree, body), error: severity >= ERROR });
  }
  return ({ span }) => bySpan.get(span.id) ?? [];
}
