import { conclude } from "../../agent/conclude.ts";
import type { Instant, Telemetry } from "../../agent/telemetry/model.ts";
import { openStore } from "../../agent/telemetry/store.ts";
import { readMaterial } from "../archive/material.ts";
import { type Ear, think } from "../think.ts";
import { recordedTicks } from "../ticks.ts";
import { bounded } from "./bounded.ts";
import { briefFor } from "./brief.ts";
import type { Investigated, Order } from "./investigated.ts";
import { within } from "./range.ts";
import { namesIn, requireScope, restriction } from "./scope.ts";

/**
 * Lets an agent investigate recorded telemetry, as fast as it can. The truth of a drill is never opened. What arrived
 * outside of the range asked about is not seen; without a range the quiet time that a recording begins with is.
 */
export async function investigateRecording(
  path: string,
  order: Order,
  signal: AbortSignal,
  ear: Ear = {},
): Promise<Investigated> {
  const { id, sealed, clock, pour } = await readMaterial(path);
  const { tickMs } = clock;
  const window = within(order.range, clock, tickMs);
  const store = openStore();
  const limited = Object.keys(order.range).length > 0;
  await pour(limited ? bounded({ from: window.from, to: window.to }, store) : store);
  const end = limited ? window.to : window.to + tickMs;
  const whole = store.view(() => end);
  const scope = requireScope(order.scope, namesIn(whole));
  const restricted = restriction(scope, whole);
  const seen = (now: () => Instant): Telemetry => restricted(store.view(now));
  const ticks = recordedTicks(window.from, window.to, tickMs);
  const thoughts = await think(order.agent, briefFor(order, window, scope), seen, ticks, signal, ear);
  // An agent that is told to stop ends in the middle of its thoughts.
  signal.throwIfAborted();
  return {
    ...thoughts,
    agent: order.agent.name,
    sources: [`${sealed ? "recording" : "unsealed recording"} ${id}`],
    live: false,
    window,
    question: order.question,
    scope,
    investigation: conclude(thoughts.findings),
    telemetry: restricted(whole),
  };
}
