import type { Component, Instant, LogRecord } from "../telemetry/model.ts";
import { BIN, type Bin, binOf } from "./bins.ts";
import { median, spread } from "./robust.ts";
import { emptyTree, exceptionKey, file, type TemplateTree, textOf } from "./templates.ts";

const WARN = 13;
const KEPT = 240;
/** So many characters of a text are read: what it tells stands at its start, and patterns are slow on long ones. */
const READ = 2000;
/** A wrapper tells of another's failure. W. */
const WRAPPER_WEIGHT = 0.3;
const WRAPPER =
  /nested|upstream|error calling|request processing failed|returned 5\d\d|status (code )?5\d\d|bad gateway|caused by|call(ing)? .*(failed|error)/i;

/** What was logged at WARN or above, by component and template, bin by bin. Owned by its fold and changed in place. */
export interface LogBook {
  readonly tree: TemplateTree;
  readonly counts: Map<Bin, Map<string, number>>;
  readonly about: Map<
    string,
    { readonly component: Component; readonly text: () => string; readonly wrapper: boolean }
  >;
}
export const emptyLogBook = (): LogBook => ({ tree: emptyTree(), counts: new Map(), about: new Map() });

/** Takes in the lines that have arrived since the last time; INFO lines are left to structure. */
export function addLogs(book: LogBook, lines: readonly LogRecord[]): void {
  for (const line of lines) {
    if (line.severity < WARN && !line.exception) continue;
    const bin = binOf(line.at);
    // A line whose own time is far from its arrival belongs to no bin.
    if (Math.abs(binOf(line.arrival) - bin) > KEPT) continue;
    const thrown = exceptionKey(line);
    const id = file(book.tree, thrown === undefined ? line.body : `${line.exception?.type} ${line.exception?.message}`);
    const key = `${line.component}\n${thrown ?? id}`;
    if (!book.about.has(key)) {
      const words = `${line.body.slice(0, READ)} ${line.exception?.message.slice(0, READ) ?? ""}`;
      const text = () => textOf(book.tree, id) ?? line.body;
      book.about.set(key, { component: line.component, text, wrapper: WRAPPER.test(words) });
    }
    const counts = book.counts.get(bin) ?? new Map<string, number>();
    book.counts.set(bin, counts);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    book.counts.delete(bin - KEPT);
  }
}

/** A template that is logged more often than in quiet time. */
export interface Unusual {
  readonly component: Component;
  readonly text: string;
  readonly wrapper: boolean;
  readonly count: number;
  /** Lines a user request, now and normally. */
  readonly share: number;
  readonly normal: number;
  /** (share - normal) x weight. */
  readonly excess: number;
  readonly first: Instant;
}

export interface BinRange {
  readonly from: Bin;
  readonly to: Bin;
}
/** Channel G: (x - m) / max(1.4826 MAD, .01) > 3 over history windows as long as `now`'s bins. W. */
export function unusual(
  book: LogBook,
  now: BinRange,
  history: readonly BinRange[],
  requests: (range: BinRange) => number,
): readonly Unusual[] {
  const present = tally(book, now);
  const before = history.map((range) => ({ counts: tally(book, range), requests: Math.max(1, requests(range)) }));
  const roots = Math.max(1, requests(now));
  const found: Unusual[] = [];
  for (const [key, count] of present) {
    const about = book.about.get(key);
    const past = before.map((part) => (part.counts.get(key) ?? 0) / part.requests);
    const normal = median(past);
    const share = count / roots;
    if (!about || (share - normal) / Math.max(spread(past, normal), 0.01) <= 3) continue;
    const excess = (share - normal) * (about.wrapper ? WRAPPER_WEIGHT : 1);
    const { component, wrapper } = about;
    found.push({
      component,
      text: about.text(),
      wrapper,
      count,
      share,
      normal,
      excess,
      first: firstOf(book, key, now),
    });
  }
  return found.sort((a, b) => b.excess - a.excess || (a.component < b.component ? -1 : 1));
}

function tally(book: LogBook, range: BinRange): ReadonlyMap<string, number> {
  const total = new Map<string, number>();
  for (let bin = range.from; bin < range.to; bin++)
    for (const [key, count] of book.counts.get(bin) ?? []) total.set(key, (total.get(key) ?? 0) + count);
  return total;
}

function firstOf(book: LogBook, key: string, range: BinRange): Instant {
  for (let bin = range.from; bin < range.to; bin++) if (book.counts.get(bin)?.has(key)) return bin * BIN;
  return range.from * BIN;
}
