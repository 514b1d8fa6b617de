import type { Alarm, Evidence } from "../investigation.ts";
import { expectedFailed, expectedMean } from "./baseline.ts";
import { BIN, type Rollup } from "./bins.ts";
import { together } from "./component-states.ts";
import type { Firing } from "./detect.ts";
import { ms, percent } from "./evidence.ts";
import type { Quiet } from "./samples.ts";

/** At most so many firings are told. */
const MOST = 5;

/** Puts into words why an alarm is raised. */
export function alarmOf(rollup: Rollup, quiet: Quiet, firings: readonly Firing[], first: Firing): Alarm {
  const evidence = firings.slice(0, MOST).map((one) => evidenceOf(rollup, quiet, one));
  const others = new Set(firings.map((one) => one.component)).size - 1;
  const more = others > 0 ? `, and ${others} more ${others === 1 ? "component" : "components"}` : "";
  return { kind: "alarm", component: first.component, text: `${claimOf(rollup, quiet, first)}${more}`, evidence };
}

function evidenceOf(rollup: Rollup, quiet: Quiet, one: Firing): Evidence {
  const { component, signal, lane, z } = one;
  const within = { from: one.since * BIN, to: (one.bin + 1) * BIN };
  const query =
    signal === "object" && lane === "rule"
      ? ({ ask: "objects", within, component } as const)
      : ({
          ask: "spans",
          within,
          component,
          kind: "server",
          ...(signal === "errors" ? { failed: true } : {}),
        } as const);
  const claim = `${claimOf(rollup, quiet, one)} (${z.toFixed(1)} scales, ${lane} lane)`;
  return {
    id: `alarm/${component}/${signal}/${lane}`,
    component,
    signal,
    claim,
    direction: "up",
    value: z,
    unit: "1",
    query,
  };
}

function claimOf({ users, all }: Rollup, quiet: Quiet, { component, signal, userFacing, since, bin }: Firing): string {
  const norm = (userFacing ? quiet.users : quiet.all).get(component);
  const cell = together(userFacing ? users : all, since, bin + 1, component);
  const whose = userFacing ? "users' requests to" : "requests to";
  if (!norm || cell.count === 0) return `${component} has fallen silent, or the platform reports trouble with it`;
  if (signal === "errors") {
    const usual = expectedFailed(cell, norm) / cell.count;
    return `${percent(cell.failed / cell.count)} of the ${whose} ${component} fail, normally ${percent(usual)}`;
  }
  const normal = expectedMean(cell, norm) * 1000;
  return `${whose} ${component} take ${ms((cell.seconds / cell.count) * 1000)}, normally ${ms(normal)}`;
}
