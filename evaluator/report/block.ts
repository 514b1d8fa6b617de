import type { Markup } from "./markup.ts";
import { plain } from "./text.ts";

/** So many items and cards are shown; whoever needs more finds all of it in result.json. */
const MOST_ITEMS = 50;
const MOST_CARDS = 12;

/** Parts of a section; `kind` is the name of the template that draws it. Templates are strict: no field is left out. */
export type Block =
  | { readonly kind: "prose"; readonly text: string; readonly tone: string }
  | { readonly kind: "heading"; readonly text: string }
  | Table
  | Figure
  | { readonly kind: "facts"; readonly facts: readonly Fact[] }
  | {
      readonly kind: "list";
      readonly title: string | null;
      readonly ordered: boolean;
      readonly items: readonly string[];
    }
  | { readonly kind: "sides"; readonly sides: readonly Side[] }
  | { readonly kind: "cards"; readonly cards: readonly Card[] }
  | { readonly kind: "fold"; readonly summary: string; readonly blocks: readonly Block[] }
  | {
      readonly kind: "charts";
      readonly charts: readonly { readonly title: string; readonly svg: Markup; readonly said: string }[];
    }
  | { readonly kind: "code"; readonly label: string; readonly text: string };

export interface Table {
  readonly kind: "table";
  readonly caption: string;
  /** `stack`: on a narrow page each row becomes a list of its cells. */
  readonly class: string;
  readonly columns: readonly { readonly text: string; readonly class: string }[];
  readonly rows: readonly {
    readonly class: string;
    readonly head: Cell;
    readonly cells: readonly (Cell & { readonly label: string })[];
  }[];
}
export interface Cell {
  readonly text: string | Markup;
  readonly note: string | null;
  readonly class: string;
}
export interface Figure {
  readonly kind: "figure";
  readonly caption: string;
  /** The same drawing for a wide and for a narrow page; the style sheet shows one. */
  readonly wide: Markup;
  readonly narrow: Markup;
  readonly legend: readonly { readonly key: Markup; readonly text: string }[];
}
export interface Fact {
  readonly term: string;
  readonly value: string;
  readonly note: string | null;
}
/** One of two accounts that stand beside each other. */
export interface Side {
  readonly title: string;
  readonly tone: string;
  readonly facts: readonly Fact[];
}
export interface Card {
  readonly title: string;
  readonly badge: string | null;
  readonly tone: string;
  /** Drawn beside the title: a meter. */
  readonly aside: Markup | null;
  readonly text: string;
  readonly blocks: readonly Block[];
}
export interface Section {
  readonly id: string;
  /** A word or two for the links at the top. */
  readonly nav: string;
  readonly title: string;
  readonly lead: string | null;
  readonly blocks: readonly Block[];
}

export const prose = (text: string, tone = ""): Block => ({ kind: "prose", text: plain(text, 2_000), tone });
export const heading = (text: string): Block => ({ kind: "heading", text });
export const list = (title: string | null, items: readonly string[], ordered = false): Block => ({
  kind: "list",
  title,
  ordered,
  items: [
    ...items.slice(0, MOST_ITEMS).map((item) => plain(item)),
    ...(items.length > MOST_ITEMS ? [`${items.length - MOST_ITEMS} more are in result.json.`] : []),
  ],
});
export const fold = (summary: string, blocks: readonly Block[]): Block => ({
  kind: "fold",
  summary: plain(summary),
  blocks,
});
export const code = (label: string, text: string): Block => ({ kind: "code", label, text: plain(text, 8_000) });
export const fact = (term: string, value: string, note: string | null = null): Fact => ({
  term,
  value: plain(value),
  note: note === null ? null : plain(note),
});
export const facts = (...all: readonly Fact[]): Block => ({ kind: "facts", facts: all });

export type Written = string | Markup | Cell;
/** A number's cell is set flush right. */
export const cell = (text: string | Markup, note: string | null = null, style = ""): Cell => ({
  text: typeof text === "string" ? plain(text) : text,
  note: note === null ? null : plain(note),
  class: style,
});

/** Cards, the first ones. */
export function cards(all: readonly Card[]): readonly Block[] {
  const more = all.length - MOST_CARDS;
  return [
    { kind: "cards", cards: all.slice(0, MOST_CARDS) },
    ...(more > 0 ? [prose(`${more} more are in result.json.`, "quiet")] : []),
  ];
}

/** A table; a column whose name starts with `#` holds numbers. The first cell of a row is its heading. */
export function table(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly Written[])[],
  marked: readonly string[] = [],
): Table {
  const named = columns.map((column) => ({
    text: column.replace(/^#/, ""),
    class: column.startsWith("#") ? "number" : "",
  }));
  return {
    kind: "table",
    caption: plain(caption),
    class: columns.length > 3 ? "stack" : "",
    columns: named,
    rows: rows.map((row, at) => {
      const [head = cell(""), ...cells] = row.map((one, i) => written(one, named[i]?.class ?? ""));
      const labelled = cells.map((one, i) => ({ ...one, label: named[i + 1]?.text ?? "" }));
      return { class: marked[at] ?? "", head, cells: labelled };
    }),
  };
}

/** So many characters stay on one line. */
const SHORT = 26;

function written(one: Written, style: string): Cell {
  const made = typeof one === "object" && "text" in one ? cell(one.text, one.note, one.class) : cell(one);
  const text = String(made.text);
  const length = typeof made.text !== "string" ? "" : text === "" ? "empty" : text.length <= SHORT ? "short" : "";
  return { ...made, class: [made.class, style, length].filter(Boolean).join(" ") };
}
