import { mkdtemp, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { seeded } from "../../phase.ts";
import { local } from "../../targets/local.ts";
import { APPS, type Millis, type Release } from "../../targets/target.ts";
import { startTraffic } from "../../traffic/engine.ts";
import { constant } from "../../traffic/load.ts";
import { type Bin, felt, hurts, type Normal, normalOf } from "../../traffic/users.ts";
import type { Scene } from "../fault.ts";
import { closeJournal, createJournal } from "../journal.ts";
import { startReaper } from "../reaper.ts";

const MINUTE: Millis = 60_000;
const RPS = 10;
const BIN: Millis = 5_000;
/** So many quiet bins in a row are a recovery. */
const QUIET = 6;

/** The real apps, a real store and users who send ten requests a second to each app. */
export interface Apps extends AsyncDisposable {
  readonly scene: Scene;
  /** What users felt of all apps in the last minute. */
  normal(): Normal;
  /** The bins since then, of all requests together. */
  bins(since: Millis): readonly Bin[];
  /** Milliseconds from `since` to the first of six quiet bins in a row; throws after two minutes without. */
  recovered(since: Millis, normal: Normal): Promise<Millis>;
}

export async function apps(releases: readonly Release[]): Promise<Apps> {
  await using stack = new AsyncDisposableStack();
  const state = await mkdtemp(join(tmpdir(), "apps-"));
  stack.defer(() => rm(state, { recursive: true, force: true }));
  const journal = await createJournal(state, "run-1", "test");
  stack.use(await startReaper(journal));
  stack.defer(() => closeJournal(journal));
  const target = stack.use(
    await local.start(
      {
        releases,
        random: seeded(1),
        cache: join(homedir(), ".cache", "sample-apps"),
        own: (processes, runDirectory) => journal.append({ kind: "owns", processes: [...processes], runDirectory }),
        progress: () => undefined,
      },
      AbortSignal.timeout(10 * MINUTE),
    ),
  );
  const phases = [{ lasts: 60 * MINUTE, load: constant(RPS), reserved: 0.05 }];
  const streams = APPS.map((app) => ({ app, url: String(target.fronts.get(app)), phases }));
  const plan = { streams, seed: 1, arrivals: "poisson", timeout: 5_000 } as const;
  const traffic = stack.use(await startTraffic(plan, new AbortController().signal));
  const users = felt();
  void (async () => {
    for await (const outcomes of traffic.batches()) users.take(outcomes);
  })();
  const all = stack.move();
  return {
    scene: { target, journal, users, random: Math.random },
    normal: () => normalOf(users.bins(Date.now() - MINUTE)),
    bins: (since) => users.bins(since),
    async recovered(since, normal) {
      for (;;) {
        const bins = users.bins(since);
        const first = bins.findIndex((_, i) => {
          const run = bins.slice(i, i + QUIET);
          return run.length === QUIET && run.every((bin) => !hurts(bin, normal));
        });
        if (first >= 0) return (bins[first]?.from ?? since) - since;
        if (Date.now() > since + 2 * MINUTE + QUIET * BIN + 2 * BIN) throw new Error("users do not recover");
        await sleep(1_000);
      }
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
