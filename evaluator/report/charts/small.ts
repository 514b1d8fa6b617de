import type { Run } from "../../run.ts";
import type { Markup } from "../markup.ts";
import { drawing, shade, timeAxis } from "./frame.ts";
import { force } from "./golden.ts";
import { ceiling, type Line, lines } from "./lines.ts";
import { scale } from "./scale.ts";

const WIDTH = 320;
const HEIGHT = 110;

/** One quantity of one component over the run, with the time of the fault. */
export function small(
  id: string,
  run: Run,
  title: string,
  drawn: readonly Line[],
  told: (value: number) => string,
  least = 0,
): Markup {
  const area = { left: 58, right: WIDTH - 8, top: 10, bottom: HEIGHT - 24 };
  const x = scale([run.startedAt, run.endedAt], [area.left, area.right]);
  const window = force(run).map(([from, to]) => shade(x, from, to, area.top, area.bottom));
  const said = drawn.map((line) => `${line.name}: ${told(most(line))} at most`).join("; ");
  return drawing(
    id,
    [WIDTH, HEIGHT],
    { title, said },
    ...window,
    lines({ ...area, x }, drawn, ceiling(drawn, least), told),
    timeAxis(x, area.right, area.bottom, 5),
  );
}

export const most = (line: Line): number => line.points.reduce((top, { value }) => Math.max(top, value ?? 0), 0);
