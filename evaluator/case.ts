import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Agent } from "../agent/agent.ts";
import type { Telemetry } from "../agent/telemetry/model.ts";
import { openStore, type Store } from "../agent/telemetry/store.ts";
import { HarnessError } from "../generator/harness-error.ts";
import { type Manifest, readManifest } from "./archive/manifest.ts";
import { readRecording } from "./archive/reader.ts";
import { refusal } from "./archive/refusal.ts";
import { readTruth, type Sealed } from "./archive/sealed.ts";
import { requireWhole } from "./archive/whole.ts";
import { briefOf } from "./brief.ts";
import { isAway } from "./crew/away.ts";
import { begin } from "./episodes.ts";
import { claimsIn } from "./grounds/claims.ts";
import { judge } from "./judge.ts";
import { LIMITS, type Limits } from "./limits.ts";
import { type Ear, type Thoughts, think } from "./think.ts";
import { recordedTicks } from "./ticks.ts";
import { type Held, trialOf } from "./trial.ts";
import type { Witness } from "./witness.ts";

/** A recorded case, read once, before which any number of agents may think. */
export interface Case {
  readonly directory: string;
  readonly manifest: Manifest;
  readonly store: Store;
  readonly sealed: Sealed;
}

/**
 * Opens `<corpus>/incidents/<id>`; the truth lies apart in `<corpus>/truth/<id>.json`.
 * @throws HarnessError (exit 2) when a file is missing, changed, or of another version.
 */
export async function openCase(directory: string): Promise<Case> {
  const recording = await readRecording(directory);
  const store = openStore();
  await recording.pour(store);
  return { directory, manifest: recording.manifest, store, sealed: await sealedFor(directory, recording.manifest) };
}

/** The same without its telemetry, for agents that think elsewhere, or need none: whoever looks at it here fails. */
export async function openSealed(directory: string): Promise<Case> {
  const manifest = await readManifest(directory);
  const dark = new Proxy({} as Telemetry, {
    get() {
      throw new Error("the telemetry of this case was not read");
    },
  });
  const store = { ...openStore(), view: () => dark };
  return { directory, manifest, store, sealed: await sealedFor(directory, manifest) };
}

/** The truth, if it is of a run that the recording's clock holds. */
async function sealedFor(directory: string, manifest: Manifest): Promise<Sealed> {
  const sealed = await readTruth(truthOf(directory), manifest);
  const { start, end, tickMs } = manifest.clock;
  const { startedAt, endedAt } = sealed.run;
  // A drill's ticks are whole seconds: they begin and end within one of them.
  if (start <= startedAt + tickMs && Math.abs(end - endedAt) <= tickMs) return sealed;
  throw refusal(join(directory, "manifest.json"), "has a clock that is not that of the run: it has been changed");
}

/** Where the truths of a recording's corpus lie. */
export const truthOf = (directory: string): string => join(dirname(dirname(directory)), "truth");

/** Beside the case and the agent: who listens, which repeat it is, what the judge may look up, how long it may take. */
export interface Attendance extends Ear {
  /** From 1; each repeat of an agent has a chance of its own. */
  readonly repeat?: number;
  readonly witness?: Witness;
  readonly limits?: Limits;
  /** Whether the claims behind each diagnosis are asked again. */
  readonly claims?: boolean;
}

/** Lets an agent think over a case, as fast as it can, and judges what it says. */
export async function attend(
  { directory, manifest, store, sealed }: Case,
  agent: Agent,
  signal: AbortSignal,
  attendance: Attendance = {},
): Promise<Held> {
  const { start, end, tickMs } = manifest.clock;
  const { run, truth } = sealed;
  const { repeat = 1, witness, limits = LIMITS, claims = false } = attendance;
  const here = async (): Promise<Thoughts> => {
    const ticks = recordedTicks(start, end, tickMs);
    const said = await think(agent, briefOf(run, repeat), store.view, ticks, signal, attendance, limits);
    return claims ? { ...said, claims: claimsIn(said.findings, (at) => store.view(() => at)) } : said;
  };
  const thoughts = isAway(agent)
    ? await agent.over({ directory, seed: run.seed, repeat, limits, claims }, signal, attendance)
    : await here();
  const trial = { ...trialOf(run, truth, agent.name, thoughts), repeat, ...(witness ? { witness } : {}) };
  return { verdict: judge(trial, truth), telemetry: store.view(() => end + tickMs) };
}

/** Reads all spans of the healthy time once: a second or more for a large recording. */
export function witnessOf({ manifest: { clock }, store, sealed }: Case): Witness {
  const whole = store.view(() => clock.end + clock.tickMs);
  const healthy = { from: clock.start, to: begin(sealed.run) ?? clock.end };
  return {
    edges: whole.calls(healthy).map(({ caller, callee }) => [caller, callee] as const),
    asOf: (at) => store.view(() => at),
  };
}

/** Directories of all cases of a corpus, or of a suite's drills, by id. Throws (exit 2) when there is none. */
export async function casesOf(corpus: string): Promise<readonly string[]> {
  const own = await casesIn(corpus);
  const runs = own.length > 0 ? [] : await namesIn(corpus);
  const found = [own, ...(await Promise.all(runs.map((run) => casesIn(join(corpus, run)))))].flat();
  if (found.length > 0) return found.sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
  throw new HarnessError(`${corpus} holds no recorded cases`, {
    hint: "give a folder with incidents/ and truth/, or a finished suite's",
    exitCode: 2,
  });
}

async function casesIn(directory: string): Promise<string[]> {
  const incidents = join(directory, "incidents");
  return (await namesIn(incidents)).map((name) => join(incidents, name));
}

function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch((): string[] => []);
}

/**
 * Names a corpus by what is in it: two runs over the same recordings have the same hash, however they are stored. Every
 * file of every recording is read and held against its manifest, before any agent is asked.
 * @throws HarnessError (exit 2) that tells all recordings that are refused, and why
 */
export async function hashOf(cases: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  const refused: HarnessError[] = [];
  const ids = new Set<string>();
  for (const directory of cases) {
    try {
      const { id, files } = await wholeOne(directory, ids);
      hash.update(`${id}\n`);
      for (const { path, sha256 } of files) hash.update(`${path} ${sha256}\n`);
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      refused.push(error);
    }
  }
  const [first, ...more] = refused;
  if (first === undefined) return hash.digest("hex");
  if (more.length === 0) throw first;
  const told = refused.map(({ message }) => `\n  ${message}`).join("");
  const { hint, exitCode } = first;
  throw new HarnessError(`${refused.length} of ${cases.length} recordings are refused:${told}`, { hint, exitCode });
}

async function wholeOne(directory: string, ids: Set<string>): Promise<Manifest> {
  const manifest = await readManifest(directory);
  await requireWhole(directory, manifest);
  await sealedFor(directory, manifest);
  if (ids.has(manifest.id)) throw refusal(directory, `has the id of another recording of this corpus, ${manifest.id}`);
  ids.add(manifest.id);
  return manifest;
}
