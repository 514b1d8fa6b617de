import { openOtlp } from "../agent/sources/otlp.ts";
import { openOtlpGrpc } from "../agent/sources/otlp-grpc.ts";
import { openPrometheus } from "../agent/sources/prometheus.ts";
import { releasesOf } from "../generator/changes/planned.ts";
import { closeJournal, createJournal, type Journal } from "../generator/faults/journal.ts";
import { startReaper } from "../generator/faults/reaper.ts";
import { refuseIfOpen } from "../generator/faults/recover.ts";
import { seeded } from "../generator/phase.ts";
import type { Release, RunningTarget, Target } from "../generator/targets/target.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { type Feed, openFeed } from "./feed.ts";
import { changeOf, objectOf } from "./platform.ts";

const SCRAPE_MS = 5_000;
/** How the apps may send their telemetry. */
export const RECEIVERS = {
  http: { open: openOtlp, protocol: "http/protobuf" },
  grpc: { open: openOtlpGrpc, protocol: "grpc" },
} as const;

export interface VenueOptions {
  /** Names the journal. */
  readonly id: string;
  readonly target: Target;
  /** Builds that any of the drills may roll out. */
  readonly releases: readonly Release[];
  readonly seed: number;
  readonly otlp: keyof typeof RECEIVERS;
  /** Directories: journals, and built apps. */
  readonly state: string;
  readonly cache: string;
  line(text: string): void;
}
/** Where drills are held, one after the other: running apps, all their telemetry, and whatever takes faults back. */
export interface Venue extends AsyncDisposable {
  readonly target: RunningTarget;
  readonly journal: Journal;
  readonly feed: Feed;
  /** Batches of telemetry refused so far. */
  refused(): number;
}

/**
 * Starts everything and waits until all apps are ready. At disposal all of it ends, faults first, the receiver last.
 * Throws (exit 3) while an earlier run is open.
 */
export async function openVenue(options: VenueOptions, signal: AbortSignal): Promise<Venue> {
  await refuseIfOpen(options.state);
  await using stack = new AsyncDisposableStack();
  const journal = await createJournal(options.state, options.id, options.target.name);
  stack.use(await startReaper(journal));
  stack.defer(() => closeJournal(journal));
  const { open, protocol } = RECEIVERS[options.otlp];
  const feed = openFeed();
  const receiver = stack.use(await open({ accept: feed.accept }, signal));
  const target = stack.use(
    await options.target.start(
      {
        telemetry: { url: receiver.url, protocol },
        random: seeded(options.seed + 1),
        releases: options.releases,
        cache: options.cache,
        own: (processes, runDirectory) => journal.append({ kind: "owns", processes: [...processes], runDirectory }),
        progress: (line) => options.line(line),
      },
      signal,
    ),
  );
  stack.use(await openPrometheus({ targets: target.scrapes, everyMs: SCRAPE_MS, accept: feed.accept }, signal));
  stack.use(follow(target, feed));
  options.line("all apps are ready");
  const kept = stack.move();
  return {
    target,
    journal,
    feed,
    refused: () => receiver.counts().refused,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Feeds what the platform says of its instances, and what it announces, into the telemetry. */
function follow(target: RunningTarget, feed: Feed): AsyncDisposable {
  const stop = new AbortController();
  const objects = async (): Promise<void> => {
    for await (const event of target.platform(stop.signal)) feed.object(objectOf(event, Date.now()));
  };
  const changes = async (): Promise<void> => {
    for await (const event of target.changes(stop.signal)) feed.change(changeOf(event, Date.now()));
  };
  const following = Promise.all([objects(), changes()]);
  following.catch(() => undefined);
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await following.catch(() => undefined);
    },
  };
}

/** Every build that the faults and planned changes of these scenarios roll out, once. */
export function buildsFor(scenarios: Iterable<Scenario>): Release[] {
  const builds = new Map<string, Release>();
  for (const { phases } of scenarios)
    for (const { faults = [], changes = [] } of phases)
      for (const one of [...faults.flatMap(({ releases }) => releases), ...releasesOf(changes)])
        builds.set(`${one.app} ${one.release}`, one);
  return [...builds.values()];
}
