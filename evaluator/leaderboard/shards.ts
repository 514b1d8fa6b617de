import { createHash } from "node:crypto";
import { HarnessError } from "../../generator/harness-error.ts";
import { differences, type Provenance } from "./provenance.ts";
import type { Results } from "./results.ts";

export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** `2/6`. Throws HarnessError (exit 2) for anything else. */
export function shardFrom(text: string): Shard {
  const [, index = 0, of = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (index >= 1 && index <= of) return { index, of };
  throw new HarnessError(`--shard is which of how many, as 2/6, not "${text}"`, { hint: "count from 1", exitCode: 2 });
}

/** Which shard a case belongs to, from 1; it stays there when other cases come or go. */
export function shardOf(id: string, of: number): number {
  return (createHash("sha256").update(id).digest().readUInt32BE(0) % of) + 1;
}

/**
 * Puts the shards of one evaluation together.
 * @throws HarnessError (exit 2) when one is missing, there twice or unfinished, or was made otherwise than the others.
 */
export function joined(shards: readonly Results[]): Results {
  const [first] = shards;
  if (first === undefined) throw refused("there is nothing to merge");
  for (const { provenance } of shards) {
    const differs = differences(first.provenance, provenance);
    if (differs.length > 0) throw refused(`shards differ in ${differs.join(", ")}`);
    if (provenance.endedAt === null) throw refused(`${named(provenance)} is unfinished`);
  }
  requireAll(shards.map(({ provenance }) => provenance));
  const cases = shards.flatMap((one) => one.cases);
  const trials = shards.flatMap((one) => one.trials);
  requireOnce(cases.map(({ id }) => id));
  requireOnce(trials.map((one) => `${one.case} by ${one.agent}, repeat ${one.repeat}`));
  if (cases.length !== first.provenance.corpus.cases)
    throw refused(`${cases.length} cases are there, and ${first.provenance.corpus.cases} are in the corpus`);
  const all = shards.map(({ provenance }) => provenance);
  return {
    provenance: {
      ...first.provenance,
      shard: null,
      startedAt: Math.min(...all.map(({ startedAt }) => startedAt)),
      endedAt: Math.max(...all.map(({ endedAt }) => endedAt ?? 0)),
      wallMs: all.reduce((sum, { wallMs }) => sum + wallMs, 0),
    },
    cases,
    trials,
  };
}

function requireAll(all: readonly Provenance[]): void {
  const of = all[0]?.shard?.of;
  if (of === undefined || all.some(({ shard }) => shard?.of !== of)) throw refused("these are not shards of one split");
  const indices = all.map(({ shard }) => shard?.index ?? 0);
  const twice = indices.filter((index, i) => indices.indexOf(index) !== i);
  if (twice.length > 0) throw refused(`shard ${twice.join(", ")} of ${of} is there twice`);
  const missing = Array.from({ length: of }, (_, i) => i + 1).filter((index) => !indices.includes(index));
  if (missing.length > 0) throw refused(`shard ${missing.join(", ")} of ${of} is missing`);
}

function requireOnce(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw refused(`${name} is there twice`);
    seen.add(name);
  }
}

const named = ({ shard }: Provenance): string => (shard ? `shard ${shard.index} of ${shard.of}` : "one of them");

function refused(why: string): HarnessError {
  return new HarnessError(`The shards do not fit together: ${why}`, {
    hint: "give each shard of one evaluation once; all must come from the same commit, corpus, agents and repeats",
    exitCode: 2,
  });
}
