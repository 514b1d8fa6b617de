import type { Instant } from "../../agent/telemetry/model.ts";
import { isConsequence } from "./consequences.ts";
import type { Place, Vocabulary } from "./vocabulary.ts";

/** What a recording says, and what it is of. */
export interface Spoken {
  readonly id: string;
  /** Incidents of one fault in one place resemble each other. */
  readonly cluster: string;
  readonly incident: boolean;
  /** From when on the fault could be the reason for what is said; null in a control. */
  readonly inForceAt: Instant | null;
  readonly heard: Vocabulary;
}
/** A word that no control says, and that is not a known consequence of failing. */
export interface Telling {
  readonly place: Place;
  readonly word: string;
  /** Recordings that say it, and those of them that say it before anything has been done. */
  readonly in: readonly string[];
  readonly before: readonly string[];
  /** Chance that so many incidents and no control say it, if it had nothing to do with either (hypergeometric). */
  readonly p: number;
  /** So unlikely that it tells incidents from controls, whatever happened in them. */
  readonly tells: boolean;
}
const SURPRISING = 0.01;
/** A place with more words than this in a corpus holds free text: what users typed, statements, paths. */
const FREE = 60;

/**
 * What only incidents say, after what was there before anything was done first. A word that incidents of several clusters
 * say before their fault is in force is ordinary, and happens to be missing in the controls, unless it is missing there
 * too surely. Null without a control or without an incident: there is nothing to compare.
 */
export function differential(recordings: readonly Spoken[]): readonly Telling[] | null {
  const [incidents, controls] = [
    recordings.filter(({ incident }) => incident),
    recordings.filter((one) => !one.incident),
  ];
  if (incidents.length === 0 || controls.length === 0) return null;
  const ordinary = new Set(controls.flatMap(keysOf));
  const free = freePlaces(recordings);
  const said = Map.groupBy(
    incidents.flatMap((one) => sayings(one).filter(({ key, place }) => !ordinary.has(key) && !free.has(place))),
    ({ key }) => key,
  );
  return [...said.values()]
    .flatMap((own) => tellingOf(own, incidents.length, controls.length))
    .sort((a, b) => a.p - b.p || b.before.length - a.before.length || (a.place + a.word < b.place + b.word ? -1 : 1));
}

interface Saying {
  readonly key: string;
  readonly place: Place;
  readonly word: string;
  readonly by: Spoken;
  readonly at: Instant;
}

function sayings(by: Spoken): Saying[] {
  return [...by.heard.words].flatMap(([place, words]) =>
    [...words].map(([word, at]) => ({ key: `${place}\n${word}`, place, word, by, at })),
  );
}
const keysOf = (one: Spoken): string[] => sayings(one).map(({ key }) => key);

function freePlaces(recordings: readonly Spoken[]): ReadonlySet<Place> {
  const all = new Map<Place, Set<string>>();
  for (const { place, word } of recordings.flatMap(sayings)) all.set(place, (all.get(place) ?? new Set()).add(word));
  return new Set([...all].filter(([, words]) => words.size > FREE).map(([place]) => place));
}

function tellingOf(own: readonly Saying[], incidents: number, controls: number): Telling[] {
  const [first] = own;
  if (first === undefined || isConsequence(first.word) || isConsequence(first.place)) return [];
  const early = own.filter(({ by, at }) => by.inForceAt === null || at < by.inForceAt);
  const p = onlyAmong(own.length, incidents, controls);
  const ordinary = new Set(early.map(({ by }) => by.cluster)).size > 1;
  if (ordinary && p >= SURPRISING) return [];
  const { place, word } = first;
  const ids = (of: readonly Saying[]): string[] => of.map(({ by }) => by.id).sort();
  return [{ place, word, in: ids(own), before: ids(early), p, tells: p < SURPRISING }];
}

/** Chance that `k` recordings drawn from all are incidents every one: C(incidents, k) / C(all, k). */
export function onlyAmong(k: number, incidents: number, controls: number): number {
  let p = 1;
  for (let i = 0; i < k; i++) p *= (incidents - i) / (incidents + controls - i);
  return p;
}
