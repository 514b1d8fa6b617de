import { el, join, type Markup } from "../markup.ts";
import type { Mark } from "../moments.ts";
import { SYMBOLS, within } from "./flags.ts";
import { drawing, shade, timeAxis } from "./frame.ts";
import { force, type Stretch } from "./golden.ts";
import { ceiling, type Line, lines } from "./lines.ts";
import { round, type Scale, scale } from "./scale.ts";

const WIDTH = 320;
const HEIGHT = 124;
const AREA = { left: 60, right: WIDTH - 8, top: 22, bottom: HEIGHT - 24 };
/** Symbols closer than this, in px, would cover each other. */
const CLOSE = 9;

export interface Small {
  /** Its own in the page. */
  readonly id: string;
  /** What is drawn, of whom: read to those who cannot see it. */
  readonly title: string;
  readonly drawn: readonly Line[];
  readonly told: (value: number) => string;
  /** The axis reaches at least so far. */
  readonly least: number;
  /** Round numbers of the axis are multiples of this. */
  readonly unit: number;
}

/** One quantity of one component over the run, with the time of the fault and the marks as symbols above. */
export function small({ id, title, drawn, told, least, unit }: Small, run: Stretch, marks: readonly Mark[]): Markup {
  const x = scale([run.startedAt, run.endedAt], [AREA.left, AREA.right]);
  const window = force(run).map(([from, to]) => shade(x, from, to, AREA.top, AREA.bottom));
  const said = drawn.map((line) => `${line.name}: ${told(most(line))} at most`).join("; ");
  return drawing(
    id,
    [WIDTH, HEIGHT],
    { title, said },
    ...window,
    pins(marks, x),
    lines({ ...AREA, x }, drawn, ceiling(drawn, least, unit), told),
    timeAxis(x, AREA.right, AREA.bottom, 5),
  );
}

/** A line and a symbol for each mark; of those that would cover each other only the first has a symbol. */
function pins(marks: readonly Mark[], x: Scale): Markup {
  let last = Number.NEGATIVE_INFINITY;
  return join(
    within(marks, x).map(({ at, who }) => {
      const place = x.at(at);
      const shown = place - last >= CLOSE;
      if (shown) last = place;
      return join([
        el("line", {
          class: `pole pole-${who}`,
          x1: round(place),
          x2: round(place),
          y1: AREA.top - 6,
          y2: AREA.bottom,
        }),
        shown
          ? el(
              "text",
              { class: `pin flag-${who}`, x: round(place), y: AREA.top - 8, "text-anchor": "middle" },
              SYMBOLS[who],
            )
          : join([]),
      ]);
    }),
  );
}

export const most = (line: Line): number => line.points.reduce((top, { value }) => Math.max(top, value ?? 0), 0);
