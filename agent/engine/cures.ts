import type { FaultClass } from "../investigation.ts";

/** One way to help. `$` stands for the component, `$caller` and `$callee` for the ends of an edge. */
export interface Cure {
  readonly kind: string;
  readonly text: string;
  readonly when: "now" | "later";
  /** Share of the loss that it wins back. H. */
  readonly effect: number;
  readonly steps: readonly string[];
}
const now = (kind: string, effect: number, text: string, ...steps: readonly string[]): Cure => ({
  kind,
  text,
  when: "now",
  effect,
  steps,
});
const later = (kind: string, text: string, ...steps: readonly string[]): Cure => ({ kind, text, when: "later", effect: 0.2, steps }); // biome-ignore format: one shape

/** First aid and repair by cause. Source of all effects: engine page, section 13 (H). */
export const CURES: Readonly<Record<FaultClass, readonly Cure[]>> = {
  "crash-loop": [
    now("restart", 0.7, "Bring the instances of $ back to work", "Read the last lines of $ before it exits.", "Restart $ with its last known good version and settings.", "See it stay up for a minute."),
    later("probes", "Let $ start only when it can work, in more than one instance", "Give $ a start-up and a readiness probe, and a disruption budget."),
  ],
  unavailable: [
    now("restart", 0.7, "Start $ again", "See whether the process of $ lives and listens.", "Restart it, or restore its instances.", "See calls to it answered."),
    later("replicas", "Run $ in more than one instance, with a disruption budget"),
  ],
  memory: [
    now("restart", 0.6, "Restart $ before it runs out of memory", "Keep a heap dump if there is time.", "Restart one instance of $ at a time."),
    now("raise-limit", 0.5, "Give $ more memory for the time being"),
    later("fix", "Find what keeps memory in $", "Compare heap dumps.", "Alert on the slope of memory, not on its level."),
  ],
  cpu: [
    now("scale", 0.7, "Run more instances of $", "Add instances of $ until its processor time falls to what it was."),
    now("raise-limit", 0.6, "Give $ more processor time"),
    later("fix", "Find what burns processor time in $", "Profile $ under load.", "Scale on processor time ahead of need."),
  ],
  "pool-exhaustion": [
    now("raise-pool", 0.6, "Give $ a larger pool, within what stands behind it", "Look at what holds the members of the pool (thread dump, open transactions).", "Raise the pool's size in $, one instance at a time.", "See that nothing waits any more."),
    now("shed-load", 0.5, "Refuse early what $ cannot serve", "Limit the requests that hold the pool the longest, where they enter."),
    later("fix", "Hold members of the pool of $ for a shorter time, with time-outs", "Let nothing wait while it holds a member.", "Set a time-out below that of the callers."),
  ],
  "lock-contention": [
    now("end-holder", 0.8, "End what holds the lock in $", "Find who holds the lock and who waits (thread dump, sessions of the database).", "End the holder, or roll back what introduced it; a deadlock wants a restart too."),
    later("fix", "Hold the lock in $ for a shorter time, and give it a time-out"),
  ],
  "retry-storm": [
    now("cut-retries", 0.8, "Stop the retries of $", "Restore the time-out and number of retries that $ had.", "See calls a request fall back to normal."),
    now("shed-load", 0.5, "Refuse early what the callee of $ cannot serve"),
    later("fix", "Give $ a retry budget, back-off with jitter and a breaker"),
  ],
  "dependency-down": [
    now("failover", 0.6, "Go on without $, or with another", "Open the breaker to $ or switch to its stand-in.", "Tell whoever runs $."),
    later("fallback", "Have an answer ready for when $ fails", "Keep the last good value, and bound retries."),
  ],
  "network-latency": [
    now("repair-path", 0.8, "Repair the way $caller -> $callee", "Measure round trips between the two hosts.", "Undo the newest change of proxy, policy or route on the way.", "See calls take as long as they did."),
    now("move", 0.5, "Move $caller or $callee to another host or zone"),
    later("timeouts", "Let time-outs of callers be longer than those of callees, and alert on time lost between the two"),
  ],
  "network-loss": [
    now("repair-path", 0.8, "Repair the way $caller -> $callee", "Look for dropped or reset connections between the two hosts.", "Undo the newest change of proxy, policy or route on the way."),
    now("move", 0.5, "Move $caller or $callee to another host or zone"),
    later("retries", "Retry lost idempotent calls once, with a budget"),
  ],
  disk: [
    now("free-disk", 0.8, "Free or grow the disk of $", "Delete what can be made again; grow the volume."),
    later("retention", "Bound what $ keeps, and alert at 80 % of the disk"),
  ],
  dns: [
    now("repair-name", 0.9, "Restore the name of $", "Resolve it from the caller's host.", "Restore the record or the resolver's settings."),
    later("alert", "Watch that the name of $ resolves"),
  ],
  tls: [
    now("renew", 0.9, "Restore the certificate of $", "Look at its dates, names and issuer.", "Renew it, or take back the change of trust."),
    later("alert", "Alert before the certificate of $ expires"),
  ],
  config: [
    now("rollback", 0.9, "Take back the newest setting of $", "Compare the settings of $ with those of yesterday.", "Restore them."),
    later("check", "Check settings of $ before they are rolled out"),
  ],
  "code-error": [
    now("rollback", 0.7, "Go back to the last version of $ that could do it", "Look at the exception and at the requests that meet it.", "Roll back, or switch off the feature that fails."),
    later("fix", "Repair the failing code of $, and keep the failing request as a test"),
  ],
  "slow-code": [
    now("rollback", 0.7, "Go back to the last version of $ that was quick", "Look which operation became slower.", "Roll back, or switch off the feature that is slow."),
    later("fix", "Profile the slow operation of $, and bound it by a test"),
  ],
  "bad-deploy": [
    now("rollback", 0.9, "Roll back the release of $"),
    later("check", "Release $ to a few users first, and compare"),
  ],
  "traffic-surge": [
    now("scale", 0.7, "Run more instances of $", "Add instances of $ and of what it calls until answers are as quick as they were."),
    now("shed-load", 0.6, "Serve fewer users of $ well", "Limit the rate of requests where they enter."),
    later("autoscaling", "Scale $ ahead of such a rise, and test it under such a load"),
  ],
  unknown: [now("look", 0.1, "Look at $ by hand", "Start from the evidence listed with the hypothesis.")],
}; // biome-ignore format: a table reads better than a column
