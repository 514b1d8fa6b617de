import type { Checked } from "./corpus-check.ts";
import { differential, type Telling } from "./probes/differential.ts";

/** Lines about a corpus as a whole, and how many of them say that something is wrong. */
export interface Told {
  readonly lines: readonly string[];
  readonly wrong: number;
}
/** At most so many words are told. */
const MOST = 40;

/**
 * What only incidents say: a word that surely tells them from controls is wrong, the rest is for a person to look at. A
 * consequence of a fault may be among it, and belongs on the list in `probes/consequences.ts`, with its reason.
 */
export function tellingTold(checked: readonly Checked[]): Told {
  const telling = differential(checked.flatMap(({ spoken }) => spoken ?? []));
  if (telling === null) return { lines: ["words: nothing to compare without a control and an incident"], wrong: 0 };
  const wrong = telling.filter(({ tells }) => tells).length;
  const lines = telling.slice(0, MOST).map((one) => `${one.tells ? "WRONG" : "look "}  ${inWords(one)}`);
  const more = telling.length > MOST ? [`look   and ${telling.length - MOST} more`] : [];
  const head = `words: ${telling.length} are said by incidents alone and are no known consequence of failing`;
  return { lines: [...lines, ...more, head], wrong };
}

function inWords({ place, word, in: ids, before, p }: Telling): string {
  const [first] = ids;
  const where = ids.length === 1 ? `in ${first}` : `in ${ids.length} incidents and no control (p = ${p.toFixed(4)})`;
  const when = before.length > 0 ? `, in ${before.length} before anything was done` : "";
  return `${place}: "${word}" ${where}${when}`;
}

/** How far the agent goes by names. It is told and decides nothing: an agent may know what a database is called. */
export function namesTold(checked: readonly Checked[], agent: string): readonly string[] {
  const tried = checked.flatMap(({ entry, renamed }) => (renamed ? [{ entry, renamed }] : []));
  const other = tried.filter(({ renamed: { differences } }) => differences.length > 0);
  const right = (which: 0 | 1): number => tried.filter(({ renamed: { state } }) => state[which] === "correct").length;
  const lines = other.map(({ entry, renamed: { differences } }) => `names  ${entry.id}  ${differences[0]}`);
  const head = `names: under neutral ones ${agent} says something else of ${other.length} of ${tried.length} recordings; right in ${right(0)}, under neutral names in ${right(1)}`;
  return [...lines, head];
}
