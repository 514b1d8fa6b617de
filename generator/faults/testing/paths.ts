import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo, Server as Listener } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startProxy } from "../proxy/start.ts";

export const PATH = "go-otel-sample-app->sample-metrics-app";

/** One path in its real process: a port in front of those given, and the socket by which it is controlled. */
export async function path(
  upstreams: readonly number[],
): Promise<AsyncDisposable & { readonly port: number; readonly socket: string }> {
  const root = await mkdtemp(join(tmpdir(), "path-"));
  const socket = join(root, "edges.sock");
  const edges = await startProxy({ links: [{ edge: PATH, upstreams }], socket }, AbortSignal.timeout(10_000));
  return {
    port: edges.port(PATH),
    socket,
    async [Symbol.asyncDispose]() {
      await edges[Symbol.asyncDispose]();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** A real HTTP server on a free port. */
export async function serve(
  answer: RequestListener,
): Promise<AsyncDisposable & { readonly port: number; readonly server: Server }> {
  const server = createServer({ keepAliveTimeout: 60_000 }, answer);
  return { port: await listening(server), server, [Symbol.asyncDispose]: async () => closed(server) };
}

/** The free port on which it listens from now on. */
export async function listening(server: Listener): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

function closed(server: Server): void {
  server.close();
  server.closeAllConnections();
}
