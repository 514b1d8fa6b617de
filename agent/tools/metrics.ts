import * as z from "zod";
import type { Component, Telemetry } from "../telemetry/model.ts";
import { componentArg, limitArg, tool } from "./tool.ts";

export default tool({
  name: "metrics",
  description:
    "Names of the metrics that components have sent so far, with unit, kind (gauge, counter, histogram) and number of series.",
  args: z.strictObject({ component: componentArg, limit: limitArg(200, 1_000) }),
  answer({ component }, telemetry) {
    const everything = { from: 0, to: telemetry.now };
    const asked = component === undefined ? telemetry.components(everything).map((one) => one.component) : [component];
    return { rows: asked.flatMap((one) => metricsOf(one, telemetry)) };
  },
});

function metricsOf(component: Component, telemetry: Telemetry): object[] {
  const within = { from: 0, to: telemetry.now };
  const byName = Map.groupBy(telemetry.series({ within, component }), ({ metric }) => metric);
  return telemetry.metrics(component).map((metric) => {
    const [first, ...others] = byName.get(metric) ?? [];
    return {
      component,
      metric,
      unit: first?.unit ?? "",
      kind: first?.kind ?? null,
      series: first ? 1 + others.length : 0,
    };
  });
}
