import type { BaselineSummary } from "../../../agent/investigation.ts";
import type { Instant } from "../../../agent/telemetry/model.ts";
import { type Block, cell, fold, prose, type Section, table } from "../block.ts";
import { clock, inCores, latency, percent, perSecond, quantity } from "../numbers.ts";
import { counted, name } from "../text.ts";

/** What the agent learned to be normal. */
export function baseline(start: Instant, learned: BaselineSummary | undefined): Section {
  const title = "What is normal here, as the agent learned it";
  if (!learned)
    return {
      id: "baseline",
      nav: "Baseline",
      title,
      lead: null,
      blocks: [prose("The agent reported no baseline.", "quiet")],
    };
  const { window, bins, components } = learned;
  const lead = `Learned from ${clock(window.from, start)} to ${clock(window.to, start)}, ${counted(bins, "bin")} of quiet time, ${counted(components.length, "component")}. The spread of the error share is the noise floor: less than that is no incident.`;
  const rows = components.map((one) => [
    name(one.component),
    perSecond(one.rate),
    latency(one.p50),
    latency(one.p95),
    latency(one.p99),
    `${percent(one.errorShare)} ± ${percent(one.errorSpread)}`,
  ]);
  return {
    id: "baseline",
    nav: "Baseline",
    title,
    lead,
    blocks: [
      table("Normal per service", ["Service", "#Rate", "#p50", "#p95", "#p99", "#Failed share and spread"], rows),
      ...components.map(details),
    ],
  };
}

function details(one: BaselineSummary["components"][number]): Block {
  const routes = one.routes.map((route) => [
    name(route.route),
    perSecond(route.rate),
    latency(route.p50),
    latency(route.p95),
    latency(route.p99),
    percent(route.errorShare),
  ]);
  const resources = one.resources.map(({ name: what, unit, median, scale }) => [
    cell(name(what)),
    quantity(median, inCores(what, unit)),
    `± ${quantity(scale, inCores(what, unit))}`,
  ]);
  return fold(
    `${name(one.component)}: ${counted(one.routes.length, "route")}, ${counted(one.resources.length, "resource")}`,
    [
      ...(routes.length > 0
        ? [
            table(
              `Normal routes of ${name(one.component)}`,
              ["Route", "#Rate", "#p50", "#p95", "#p99", "#Failed"],
              routes,
            ),
          ]
        : []),
      ...(resources.length > 0
        ? [table(`Normal resources of ${name(one.component)}`, ["Resource", "#Median", "#Spread"], resources)]
        : []),
    ],
  );
}
