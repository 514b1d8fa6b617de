import type { Agent } from "../agent/agent.ts";
import type { TelemetrySink } from "../agent/telemetry/model.ts";
import { HarnessError } from "../generator/harness-error.ts";
import { splitOf } from "../scenarios/split.ts";
import { canonical } from "./archive/canonical.ts";
import { readRecording } from "./archive/reader.ts";
import { both } from "./both.ts";
import { attend, openCase } from "./case.ts";
import { loadScenario } from "./catalogue.ts";
import { directoriesOf, type Entry, entryOf, MOST_BYTES } from "./corpus.ts";
import { clusterOf } from "./gate/score.ts";
import { leaksOf } from "./leaks.ts";
import type { Spoken } from "./probes/differential.ts";
import { type Renamed, renamed } from "./probes/renamed.ts";
import { type Vocabulary, vocabulary } from "./probes/vocabulary.ts";
import { oracle } from "./references/oracle.ts";
import { scanPattern, secretsOf } from "./secrets.ts";
import type { Verdict } from "./trial-record.ts";

/** What is wrong with one recording of a corpus; nothing, when it may stay. */
export interface Checked {
  readonly entry: Entry;
  readonly wrong: readonly string[];
  /** What is said in it, to be held against the others; absent where it could not be read. */
  readonly spoken?: Spoken;
  /** What the agent answers when the components are called by neutral names. */
  readonly renamed?: Renamed;
}

/**
 * Checks a recording as if it came from a stranger: hashes and commitment, whether it counts, that nothing in it tells
 * what was done, that the oracle finds the truth and that the agent says the same twice.
 */
export async function check(entry: Entry, agent: Agent, signal: AbortSignal): Promise<Checked> {
  const wrong: string[] = [];
  const open = await orRefused(openCase(entry.directory));
  if (open instanceof HarnessError) return { entry, wrong: [open.message] };
  if (splitOf(entry.scenario) !== "development") wrong.push("its scenario is held out");
  const { leaks, heard } = await heardIn(entry);
  if (leaks.length > 0) wrong.push(`it tells what was done: ${leaks.slice(0, 3).join(", ")}`);
  const verdictOf = async (one: Agent): Promise<Verdict> => (await attend(open, one, signal)).verdict;
  const perfect = await verdictOf(oracle(open.sealed));
  if (perfect.state !== "correct") wrong.push(`the oracle is ${perfect.state} on it`);
  const [first, second] = [await verdictOf(agent), await verdictOf(agent)];
  if (said(first) !== said(second)) wrong.push(`${agent.name} says something else the second time`);
  const { run } = open.sealed;
  const { incident, id } = entry;
  const spoken = { id, cluster: clusterOf(open.sealed), incident, inForceAt: incident ? run.inForceAt : null, heard };
  return { entry, wrong, spoken, renamed: await renamed(open, agent, signal) };
}

/** A recording that is refused, and why: nothing in it is looked at. */
export interface Refused {
  readonly directory: string;
  readonly why: string;
}

/** Recordings of a corpus that can be read, and those that are refused. */
export async function readable(
  corpus: string,
): Promise<{ readonly entries: readonly Entry[]; readonly refused: readonly Refused[] }> {
  const entries: Entry[] = [];
  const refused: Refused[] = [];
  for (const directory of await directoriesOf(corpus)) {
    const read = await orRefused(entryOf(directory));
    if (read instanceof HarnessError) refused.push({ directory, why: read.message });
    else entries.push(read);
  }
  return { entries, refused };
}

/** The same promise, with a refusal as its result. */
async function orRefused<T>(reading: Promise<T>): Promise<T | HarnessError> {
  return reading.catch((error: unknown) => {
    if (error instanceof HarnessError) return error;
    throw error;
  });
}

/** What it said, without how long it thought. */
const said = ({ trial }: Verdict): string => canonical(trial.findings.map(({ thinking: _, ...finding }) => finding));

/** Scans every record as an agent could read it, and gathers what is said at all. */
async function heardIn({ directory, scenario }: Entry): Promise<{
  readonly leaks: readonly string[];
  readonly heard: Vocabulary;
}> {
  const pattern = scanPattern(secretsOf(scenario, await loadScenario(scenario)));
  const found = new Set<string>();
  const known = new Set<string>();
  const scan = (text: string): void => {
    for (const { token, context } of leaksOf(text, pattern, { file: "", line: 0 }))
      found.add(`"${token}" in ${context}`);
  };
  // Most texts are said thousands of times.
  const each = (record: object): void => {
    for (const value of Object.values(record)) {
      const text = typeof value === "string" ? value : typeof value === "object" ? JSON.stringify(value) : "";
      if (text === "" || known.has(text)) continue;
      known.add(text);
      scan(text);
    }
  };
  const sink: TelemetrySink = {
    span: each,
    log: each,
    point: ({ component, instance, metric, unit, attributes }) =>
      each({ component, instance, metric, unit, attributes }),
    change: each,
    object: each,
    resource: (component, instance, attributes) => each({ component, instance, attributes }),
  };
  const gathered = vocabulary();
  await (await readRecording(directory)).pour(both(sink, gathered.sink));
  return { leaks: [...found], heard: gathered.heard };
}

/** Onsets this close to one another since the start could be told by a clock alone, were there many of them. */
const CLOSE = 10_000;
/** Largest share of incidents whose onset a clock may tell. */
const TOLD_BY_CLOCK = 0.4;
const FEW = 5;

/** Share of onsets that an agent with nothing but a clock would hit, at its best. */
export function toldByClock(onsets: readonly number[]): number {
  const most = Math.max(0, ...onsets.map((from) => onsets.filter((at) => at >= from && at < from + CLOSE).length));
  return onsets.length === 0 ? 0 : most / onsets.length;
}

/** What is wrong with a corpus as a whole. */
export function wrongIn(entries: readonly Entry[]): readonly string[] {
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const keys = entries.map(({ scenario, seed }) => `${scenario}, seed ${seed}`);
  const twice = keys.filter((key, i) => keys.indexOf(key) !== i);
  const onsets = entries.flatMap(({ onsetMs }) => onsetMs ?? []);
  const clock = onsets.length < FEW ? 0 : toldByClock(onsets);
  return [
    ...(clock > TOLD_BY_CLOCK
      ? [`a clock alone would tell the onset of ${(100 * clock).toFixed(0)} % of incidents`]
      : []),
    ...(bytes > MOST_BYTES ? [`it weighs ${(bytes / 1e6).toFixed(1)} MB, more than ${MOST_BYTES / 1e6} MB`] : []),
    ...(twice.length > 0 ? [`it holds twice: ${twice.join("; ")}`] : []),
    ...(entries.some(({ incident }) => !incident) ? [] : ["it holds no control"]),
    ...(entries.some(({ incident }) => incident) ? [] : ["it holds no incident"]),
  ];
}
