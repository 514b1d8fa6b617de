import { el, join, type Markup } from "../markup.ts";
import type { Mark } from "../moments.ts";
import { round, type Scale } from "./scale.ts";

export const SYMBOLS = { drill: "▼", users: "●", agent: "◆" } as const;
const ROW = 15;
/** Mean width of a character of a label, and how close marks of one party are before they share a label; in px. */
const CHARACTER = 6.6;
const CLOSE = 5;

interface Flag {
  readonly who: Mark["who"];
  readonly at: number;
  readonly words: readonly string[];
}
interface Placed extends Flag {
  readonly text: string;
  readonly row: number;
  readonly turned: boolean;
}

/** What a mark is called in a drawing: a diagnosis says whether it was right. */
const short = ({ short: word, right }: Mark): string =>
  word === "diagnosis" && right !== null ? `${word} ${right ? "✓" : "✗"}` : word;

/** A drawing shows what lies within its time. */
export const within = (marks: readonly Mark[], x: Scale): readonly Mark[] =>
  marks.filter(({ at }) => at >= x.from && at <= x.to);

/** Marks of one party at nearly one place share a label. */
function grouped(shown: readonly Mark[], x: Scale): readonly Flag[] {
  const flags: { who: Mark["who"]; at: number; words: string[] }[] = [];
  for (const mark of shown) {
    // What is normal is learned again and again; only the first time tells something.
    if (mark.short === "learned" && flags.some(({ words }) => words.includes(mark.short))) continue;
    const at = x.at(mark.at);
    const near = flags.find((one) => one.who === mark.who && Math.abs(one.at - at) < CLOSE);
    if (!near) flags.push({ who: mark.who, at, words: [short(mark)] });
    else if (!near.words.includes(short(mark))) near.words.push(short(mark));
  }
  return flags;
}

/** Labels above, in as many rows as keep each clear of the others and of their lines. */
function place(flags: readonly Flag[], left: number, right: number): readonly Placed[] {
  const ends: number[] = [];
  return flags.map((flag) => {
    const full = `${SYMBOLS[flag.who]} ${flag.words.join(", ")}`;
    const width = (text: string): number => text.length * CHARACTER + 8;
    const fits = flag.at + width(full) <= right || flag.at - width(full) >= left;
    const text = fits ? full : `${SYMBOLS[flag.who]} ${flag.words[0]}${flag.words.length > 1 ? " …" : ""}`;
    const turned = flag.at + width(text) > right;
    const begins = turned ? flag.at - width(text) : flag.at;
    // A line runs down from its label: no label below may lie across it.
    const row = ends.findLastIndex((end) => end > begins) + 1;
    ends[row] = turned ? flag.at : flag.at + width(text);
    return { ...flag, text, row, turned };
  });
}

/** Labels, and a line down from each. Returns the height that the labels take. */
export function flags(
  shown: readonly Mark[],
  x: Scale,
  [left, right]: readonly [number, number],
  bottom: number,
): { readonly height: number; readonly poles: Markup; readonly labels: Markup } {
  const placed = place(grouped(within(shown, x), x), left, right);
  const height = placed.reduce((most, { row }) => Math.max(most, row + 1), 0) * ROW + 6;
  const poles = placed.map(({ who, at, row }) =>
    el("line", {
      class: `pole pole-${who}`,
      x1: round(at),
      x2: round(at),
      y1: row * ROW + 4,
      y2: round(bottom + height),
    }),
  );
  const labels = placed.map(({ who, at, row, text, turned }) =>
    el(
      "text",
      {
        class: `flag flag-${who}`,
        x: round(turned ? at - 4 : at + 4),
        y: row * ROW + 14,
        "text-anchor": turned ? "end" : "start",
      },
      text,
    ),
  );
  return { height, poles: join(poles), labels: join(labels) };
}
