import type { Accept } from "../agent/sources/otlp.ts";
import type { Change, ClusterObject, Instant, Millis } from "../agent/telemetry/model.ts";

/** Where telemetry enters: export requests as they arrive, and what the platform says. */
export interface Inlet {
  readonly accept: Accept;
  object(object: ClusterObject): void;
  change(change: Change): void;
}
/**
 * The one way from the receivers to the intake of whatever drill is held. What arrives while no drill takes it is kept
 * for the next one, at most five minutes of it.
 */
export interface Feed extends Inlet {
  /** `inlet` gets what was kept and arrived at `from` or later, in the order of its arrival, and all that arrives from now on. */
  attach(inlet: Inlet, from: Instant): void;
  /** The inlet gets nothing any more. */
  detach(): void;
  /** Forgets what was kept, and keeps what arrives from now on, whether or not an inlet takes it too. */
  keep(): void;
}

interface Arrived {
  readonly arrival: Instant;
  enter(inlet: Inlet): void;
}
const LONGEST: Millis = 5 * 60_000;

export function openFeed(): Feed {
  let taker: Inlet | undefined;
  let kept: Arrived[] | undefined = [];
  const take = (one: Arrived): void => {
    if (taker) one.enter(taker);
    if (kept === undefined) return;
    kept.push(one);
    while (kept[0] && kept[0].arrival < one.arrival - LONGEST) kept.shift();
  };
  return {
    accept: (request, arrival) => take({ arrival, enter: (inlet) => inlet.accept(request, arrival) }),
    object: (object) => take({ arrival: object.arrival, enter: (inlet) => inlet.object(object) }),
    change: (change) => take({ arrival: change.arrival, enter: (inlet) => inlet.change(change) }),
    attach(inlet, from) {
      for (const one of kept ?? []) if (one.arrival >= from) one.enter(inlet);
      taker = inlet;
      kept = undefined;
    },
    detach() {
      taker = undefined;
      kept ??= [];
    },
    keep() {
      kept = [];
    },
  };
}
