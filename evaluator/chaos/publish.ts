import { APPS, type OwnedProcess, type Release, type RunningTarget } from "../../generator/targets/target.ts";
import { type RunFile, removeRunFile, writeRunFile } from "./run-file.ts";

export interface Publication extends AsyncDisposable {
  /** What runs has changed. */
  update(): void;
}
export interface Facts {
  readonly state: string;
  readonly run: string;
  readonly name: string;
  readonly harness: OwnedProcess;
  readonly releases: readonly Release[];
}

/** Keeps the run file as the target is, until disposal removes it: whoever reads it then must find no apps. */
export function publish(facts: Facts, target: RunningTarget): Publication {
  const startedAt = Date.now();
  const stop = new AbortController();
  const update = (): void => {
    if (!stop.signal.aborted) writeRunFile(facts.state, runFileOf(facts, target, startedAt));
  };
  const follow = async (): Promise<void> => {
    // An instance that took over from another is reached on a socket of its own.
    for await (const _ of target.platform(stop.signal)) update();
  };
  update();
  const following = follow();
  following.catch(() => undefined);
  return {
    update,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await following.catch(() => undefined);
      removeRunFile(facts.state, facts.run);
    },
  };
}

function runFileOf({ run, name, harness, releases }: Facts, target: RunningTarget, startedAt: number): RunFile {
  const { runDirectory, edgeSocket, operations, store, edges, fronts } = target;
  return {
    ...{ schema: 1, run, target: name, startedAt, harness, runDirectory, edgeSocket, operations },
    sockets: Object.fromEntries(speakers(target).map((service) => [service, target.socket(service)])),
    ...(store && { store }),
    edges: [...edges],
    fronts: Object.fromEntries([...fronts].map(([service, url]) => [service, url.href])),
    processes: [...target.processes()],
    releases: [...releases],
  };
}

/** Who has an operation channel. */
function speakers({ fronts, edges }: RunningTarget): Parameters<RunningTarget["socket"]>[0][] {
  const provider = edges.some((edge) => edge.endsWith("->rates-provider"));
  return [...APPS.filter((app) => fronts.has(app)), ...(provider ? (["rates-provider"] as const) : [])];
}
