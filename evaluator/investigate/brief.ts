import type { Brief } from "../../agent/agent.ts";
import type { Component, Millis, Window } from "../../agent/telemetry/model.ts";
import { seeded } from "../../generator/phase.ts";
import type { Order } from "./investigated.ts";

/** A live investigation without an end of its own: an hour is what a drill's agent gets too. */
const HOUR: Millis = 60 * 60_000;

/** What the agent is told: the question and the scope, as an operator would. */
export function briefFor({ question }: Order, window: Window | undefined, scope: readonly Component[]): Brief {
  return {
    budget: window ? window.to - window.from : HOUR,
    // One seed: the same recording is investigated the same way each time.
    random: seeded(1),
    ...(question ? { question } : {}),
    ...(scope.length > 0 ? { scope } : {}),
  };
}
