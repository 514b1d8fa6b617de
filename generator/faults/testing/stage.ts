import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EdgeId, RunningTarget } from "../../targets/target.ts";
import { felt } from "../../traffic/users.ts";
import type { Scene } from "../fault.ts";
import { createJournal } from "../journal.ts";
import { startProxy } from "../proxy/start.ts";

export const EDGE: EdgeId = "go-otel-sample-app->sample-metrics-app";

/** A real edge in its real process before a small server, a journal, and users who call through the edge. */
export interface Stage extends AsyncDisposable {
  readonly scene: Scene;
  readonly state: string;
  /** Milliseconds of one call through the edge. */
  call(): Promise<number>;
}

export async function stage(run = "run-1"): Promise<Stage> {
  const root = await mkdtemp(join(tmpdir(), "stage-"));
  const server = createServer((_, response) => response.end("ok")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const edges = await startProxy(
    { links: [{ edge: EDGE, upstreams: [port] }], socket: join(root, "edges.sock") },
    AbortSignal.timeout(10_000),
  );
  const journal = await createJournal(root, run, "test");
  await journal.append({ kind: "owns", processes: [edges.process], runDirectory: root });
  const target = {
    fronts: new Map(),
    scrapes: new Map(),
    edges: [EDGE],
    edgeSocket: edges.socket,
    operations: join(root, "ops.sock"),
    store: undefined,
    socket: (service: string) => join(root, `${service}.sock`),
    processes: () => [edges.process],
    runDirectory: root,
  } as unknown as RunningTarget;
  return {
    scene: { target, journal, users: felt(), random: Math.random },
    state: root,
    call: () => timed(edges.port(EDGE)),
    async [Symbol.asyncDispose]() {
      await edges[Symbol.asyncDispose]();
      server.close();
      server.closeAllConnections();
      await rm(root, { recursive: true, force: true });
    },
  };
}

function timed(port: number): Promise<number> {
  const from = performance.now();
  return new Promise((resolve, reject) => {
    const call = request({ host: "127.0.0.1", port, agent: false }, (response) => {
      response.resume().on("end", () => resolve(performance.now() - from));
    });
    call.on("error", reject).end();
  });
}

/** Calls through the edge until it is told to stop. */
export function users({ call }: Stage): Disposable {
  const timer = setInterval(() => void call().catch(() => undefined), 50);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
