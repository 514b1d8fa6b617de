import type { Agent } from "../../agent/agent.ts";
import type { Diagnosis, Stamped } from "../../agent/investigation.ts";
import type { Component } from "../../agent/telemetry/model.ts";
import { openStore } from "../../agent/telemetry/store.ts";
import { seeded } from "../../generator/phase.ts";
import { readRecording } from "../archive/reader.ts";
import { briefOf } from "../brief.ts";
import { attend, type Case } from "../case.ts";
import { judge } from "../judge.ts";
import { think } from "../think.ts";
import { recordedTicks } from "../ticks.ts";
import { trialOf } from "../trial.ts";
import type { State } from "../trial-record.ts";
import { inTexts, pseudonymsOf, renaming } from "./pseudonyms.ts";

/** What an agent says of a recording whose components are called by neutral names. */
export interface Renamed {
  /** As it is, and under other names. */
  readonly state: readonly [real: State, renamed: State];
  /** What it says otherwise; nothing when its answers are the same, name for name. */
  readonly differences: readonly string[];
}

/**
 * Lets an agent think over the recording as it is and again under pseudonyms, and calls the components in its second
 * answer by their names again. An agent that goes by telemetry alone says the same: what differs is its reliance on names.
 */
export async function renamed(open: Case, agent: Agent, signal: AbortSignal, seed = SEED): Promise<Renamed> {
  const { manifest, sealed, directory } = open;
  const { start, end, tickMs } = manifest.clock;
  const { run, truth } = sealed;
  const names = namesIn(open);
  const { rename, restore } = pseudonymsOf(names, seeded(seed));
  const store = openStore();
  await (await readRecording(directory)).pour(renaming(store, rename));
  const real = (await attend(open, agent, signal)).verdict;
  const thoughts = await think(agent, briefOf(run), store.view, recordedTicks(start, end, tickMs), signal);
  const findings = thoughts.findings.map((finding) => inTexts(finding, restore));
  const other = judge(trialOf(run, truth, agent.name, { ...thoughts, findings }), truth);
  return {
    state: [real.state, other.state],
    differences: differencesOf(real.trial.findings, findings),
  };
}
const SEED = 23;

/** Everybody who is heard of in the recording, and who stands in its inventory. */
function namesIn({ manifest, store }: Case): ReadonlySet<Component> {
  const { end, tickMs } = manifest.clock;
  const whole = store.view(() => end + tickMs);
  const heard = whole.components({ from: 0, to: end + tickMs }).map(({ component }) => component);
  return new Set([...manifest.inventory.components, ...heard]);
}

/** Finding by finding: when it was said, whom it names and how surely. Words and lists of the whole may be in another order. */
export function differencesOf(real: readonly Stamped[], other: readonly Stamped[]): readonly string[] {
  const [first, second] = [real.map(gist), other.map(gist)];
  const longest = Math.max(first.length, second.length);
  return Array.from({ length: longest }, (_, i) => [first[i] ?? "nothing", second[i] ?? "nothing"] as const)
    .filter(([one, two]) => one !== two)
    .map(([one, two]) => `${one}; under other names: ${two}`);
}

function gist(finding: Stamped): string {
  const at = `${(finding.at / 1_000) % 100_000} s: ${finding.kind}`;
  if (finding.kind === "alarm") return `${at} ${finding.component}`;
  return finding.kind === "diagnosis" ? `${at} ${answerTold(finding)}` : at;
}

/** Sums may be added up in another order: a confidence counts to the sixth digit, and within one the order does not. */
function answerTold({ outcome, named, hypotheses }: Diagnosis): string {
  const told = hypotheses.map(({ component, cause, confidence, trigger }, i) => {
    const mark = i < named ? "*" : "";
    return { sure: confidence.toFixed(6), text: `${mark}${component} ${cause}${trigger ? ` by ${trigger}` : ""}` };
  });
  const sorted = told.sort((a, b) => Number(b.sure) - Number(a.sure) || (a.text < b.text ? -1 : 1));
  return `${outcome}: ${sorted.map(({ text, sure }) => `${text} ${sure}`).join(", ")}`;
}
