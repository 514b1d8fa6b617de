import * as z from "zod";
import { quantile, sorted } from "../engine/robust.ts";
import type { Span } from "../telemetry/model.ts";
import { limitArg, tool, windowArgs, windowOf } from "./tool.ts";

export default tool({
  name: "services",
  description:
    "Components heard of in the window: services, and virtual nodes (databases, third parties) that only their callers tell of. With the requests each one answered: how many, how many failed, and their median and 95th percentile in ms (null for none).",
  args: z.strictObject({ ...windowArgs, limit: limitArg(100, 500) }),
  answer(args, telemetry) {
    const within = windowOf(args, telemetry.now);
    const served = Map.groupBy(telemetry.spans({ within, kind: "server" }), ({ component }) => component);
    const rows = telemetry
      .components(within)
      .map((card) => ({ ...card, ...requestsOf(served.get(card.component) ?? []) }));
    return { within, rows };
  },
});

function requestsOf(spans: readonly Span[]): object {
  const ms = sorted(spans.map(({ start, end }) => end - start));
  const at = (q: number): number | null => (ms.length === 0 ? null : rounded(quantile(ms, q)));
  return { requests: spans.length, failed: spans.filter(({ failed }) => failed).length, p50: at(0.5), p95: at(0.95) };
}

/** Milliseconds to a hundredth. */
const rounded = (ms: number): number => Math.round(ms * 100) / 100;
