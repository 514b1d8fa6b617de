import { edgeOf } from "./digest.ts";
import { ms, type Scored, scored } from "./evidence.ts";
import { winsorised } from "./flow.ts";
import { quantile, sorted, spread } from "./robust.ts";
import type { Scene } from "./scene.ts";

/** An operation is slower beyond so many scales and by at least this. D2's thresholds for edges. */
const SCALES = 4;
const SLOWER = 8;
/** Half a second of one operation while another is well is waiting, not work. H. */
const WAITING = 500;

/**
 * Single operations of a callee without spans of its own that have become slower while others have not: its own
 * trouble, such as a lock, not that of the way to it. In ms per user request.
 */
export function slowOperations(scene: Scene, network: readonly Scored[]): readonly Scored[] {
  const found: Scored[] = [];
  for (const [name, tally] of scene.digest.edges) {
    const past = scene.past.whole.edges.get(name);
    if (
      !past ||
      past.gaps.length > 0 ||
      network.some((one) => one.component === name || one.component === tally.callee)
    )
      continue;
    let well = 0;
    let excess = 0;
    let worst: { operation: string; now: number; before: number } | undefined;
    for (const [operation, values] of tally.operations) {
      const history = sorted(past.operations.get(operation) ?? []);
      if (values.length < 3 || history.length < 3) continue;
      const before = quantile(history, 0.5);
      const now = winsorised(values);
      const usual = winsorised([...history]);
      const scale = Math.max(spread(history, before), 2, 0.25 * before);
      if (now - usual < SLOWER || (now - usual) / scale < SCALES) {
        well += 1;
        continue;
      }
      excess += (now - usual) * values.length;
      if (!worst || now - usual > worst.now - worst.before) worst = { operation, now, before: usual };
    }
    if (!worst) continue;
    const fact = well > 0 && worst.now - worst.before >= WAITING ? "slow-callee-some" : "slow-callee";
    const claim = `"${worst.operation}" of ${edgeOf(tally.caller, tally.callee)} takes ${ms(worst.now)}, normally ${ms(worst.before)}; ${well} other operations are as ever`;
    const query = {
      ask: "spans",
      within: scene.window,
      component: tally.caller,
      kind: "client",
      name: worst.operation,
    } as const;
    const told = { signal: "latency", claim, value: worst.now, normal: worst.before, unit: "ms", query } as const;
    found.push(scored("L", fact, tally.callee, excess / Math.max(1, scene.digest.roots), told));
  }
  return found;
}
