import type { Millis } from "../agent/telemetry/model.ts";

/** Watches how long somebody holds the floor. */
export interface Patience extends Disposable {
  /** Rejects when it was held for too long, and never else. */
  readonly over: Promise<never>;
  begin(): void;
  end(): void;
  /** Throws when it was held for too long: who never waits for anything gives no timer a turn. */
  check(): void;
}

/** Patience for `limit` at a time. A loop that never yields cannot be ended from inside its own process. */
export function patience(limit: Millis): Patience {
  const { promise: over, reject } = Promise.withResolvers<never>();
  over.catch(() => undefined);
  const late = (): Error => new Error(`no next tick was asked for within ${limit / 1_000} s`);
  let since: number | undefined;
  let done = false;
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    clearTimeout(timer);
    since = undefined;
  };
  return {
    over,
    begin() {
      end();
      // Whoever was given up may ask late: that starts nothing.
      if (done) return;
      since = performance.now();
      timer = setTimeout(() => reject(late()), limit);
    },
    end,
    check() {
      if (since !== undefined && performance.now() - since > limit) throw late();
    },
    [Symbol.dispose]() {
      done = true;
      end();
    },
  };
}
