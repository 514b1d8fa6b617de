import { HarnessError } from "../../generator/harness-error.ts";
import type { AppId, EdgeId, ForeignId, RunningTarget } from "../../generator/targets/target.ts";
import { type RunFile, readRunFile } from "./run-file.ts";

/**
 * Apps that another process runs, as a target on which something can be done. Instances come and go meanwhile: what it
 * answers is as the run file says at that moment. Its events are their runner's to tell; disposal leaves the apps alone.
 */
export function attach(state: string, first: RunFile): RunningTarget {
  const now = (): RunFile => {
    const file = readRunFile(state);
    return file?.run === first.run ? file : first;
  };
  return {
    // The names were written down from a target of the same kinds.
    fronts: new Map(Object.entries(first.fronts).map(([service, url]) => [service as AppId, new URL(url)])),
    scrapes: new Map(),
    socket(service) {
      const socket = now().sockets[service];
      if (socket !== undefined) return socket;
      throw new HarnessError(`${service} does not run here`, { hint: "npm run chaos -- status", exitCode: 2 });
    },
    operations: first.operations,
    store: first.store,
    edgeSocket: first.edgeSocket,
    edges: first.edges.map((edge) => edge as EdgeId | ForeignId),
    processes: () => now().processes,
    runDirectory: first.runDirectory,
    platform: nothing,
    changes: nothing,
    failure: new Promise<never>(() => undefined),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

async function* nothing(): AsyncGenerator<never> {}
