import type { Forward, Intent, Probe } from "../intent.ts";
import type { Meters } from "./adapter.ts";
import { control } from "./control.ts";
import { kill, throttle } from "./process.ts";
import { proxy } from "./proxy.ts";
import { release } from "./release.ts";
import { store } from "./store.ts";

/** Whether what the intent builds on still holds. */
export function holds(probe: Probe): Promise<boolean> {
  switch (probe.kind) {
    case "edge-free":
      return proxy.holds(probe);
    case "same-instance":
      return control.holds(probe);
    case "not-rolled":
      return release.holds(probe);
    case "no-session":
      return store.holds(probe);
    case "process-running":
      return kill.holds(probe);
  }
}

/** Unix ms at which the receiver had done it. Called by the shared injection path alone; a test holds it to that. */
export function write(forward: Forward): Promise<{ readonly acknowledgedAt: number }> {
  switch (forward.kind) {
    case "proxy.shape":
      return proxy.apply(forward);
    case "control.set":
      return control.apply(forward);
    case "target.roll":
      return release.apply(forward);
    case "store.lock":
      return store.apply(forward);
    case "process.kill":
      return kill.apply(forward);
    case "process.throttle":
      return throttle.apply(forward);
  }
}

/** The mechanism meters of all these intents together. */
export async function meter(intents: readonly Intent[]): Promise<Meters> {
  const read = await Promise.all(intents.map(({ forward }) => meterOf(forward)));
  return Object.assign({}, ...read) as Meters;
}

function meterOf(forward: Forward): Promise<Meters> {
  switch (forward.kind) {
    case "proxy.shape":
      return proxy.meter(forward);
    case "control.set":
      return control.meter(forward);
    case "target.roll":
      return release.meter(forward);
    case "store.lock":
      return store.meter(forward);
    case "process.kill":
      return kill.meter(forward);
    case "process.throttle":
      return throttle.meter(forward);
  }
}
