import * as z from "zod";
import type { Series } from "../telemetry/model.ts";
import { componentArg, limitArg, tool, windowArgs, windowOf } from "./tool.ts";

const name = z.string().max(200);

export default tool({
  name: "series",
  description:
    "Values of metrics in the window. A point is [ms since 1970, value]; counters and histograms come as the increase since the point before, and a histogram's point is [ms, increase of the sum, increase of the count]. The newest points stay when there are too many.",
  args: z.strictObject({
    component: componentArg,
    metric: z
      .union([name, z.array(name).min(1).max(50)])
      .optional()
      .describe("one name or several; all unless given"),
    where: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .describe("attributes that must be equal, as a JSON object"),
    ...windowArgs,
    points: z.int().min(1).max(1_000).default(120).describe("at most so many points of each; up to 1000"),
    limit: limitArg(20, 200),
  }),
  answer({ component, metric, where, points, ...args }, telemetry) {
    const within = windowOf(args, telemetry.now);
    const found = telemetry.series({
      within,
      ...(component === undefined ? {} : { component }),
      ...(metric === undefined ? {} : { metric }),
      ...(where === undefined ? {} : { where }),
    });
    return {
      within,
      rows: found.map((one) => rowOf(one, points)),
      truncated: found.some(({ at }) => at.length > points),
    };
  },
});

function rowOf(
  { component, instance, metric, unit, kind, attributes, at, value, count }: Series,
  most: number,
): object {
  const first = Math.max(0, at.length - most);
  const points = Array.from(at.subarray(first), (time, i) => {
    const counted = count?.[first + i];
    return counted === undefined ? [time, value[first + i]] : [time, value[first + i], counted];
  });
  return { component, instance, metric, unit, kind, attributes, points };
}
