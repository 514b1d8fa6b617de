import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { unlink } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { HarnessError } from "../../harness-error.ts";
import { endProcess, identify } from "../../targets/process-identity.ts";
import type { OwnedProcess } from "../../targets/target.ts";

/** Exit code of a process whose port is taken. */
export const PORT_TAKEN = 98;
/** Longest path of a unix socket that every supported system takes. */
const LONGEST_SOCKET_PATH = 100;
const START_LIMIT = 10_000;

/**
 * One path: its name, the ports of the instances behind it, and its own port (0 or none: any free one). Most names are
 * edges of the target; others (a scrape) are paths all the same, on which no fault is put.
 */
export interface ProxyLink {
  readonly edge: string;
  readonly upstreams: readonly number[];
  readonly port?: number;
}

/** The running process that hosts all edges. */
export interface Proxy extends AsyncDisposable {
  readonly process: OwnedProcess;
  readonly socket: string;
  /** The loopback port to call instead of the callee's own. */
  port(edge: string): number;
}

export const HostOptions = z.object({
  socket: z.string(),
  links: z.array(z.object({ edge: z.string(), upstreams: z.array(z.number()), port: z.number() })),
});
const Ready = z.object({ ports: z.record(z.string(), z.number()) });

/**
 * Starts the edges in a session of their own, so that neither Ctrl-C nor the harness's death cuts the apps from each
 * other before the faults are taken back. `signal` ends the start, not the running proxy.
 */
export async function startProxy(
  options: { readonly links: readonly ProxyLink[]; readonly socket: string },
  signal: AbortSignal,
): Promise<Proxy> {
  signal.throwIfAborted();
  const { socket } = options;
  if (socket.length >= LONGEST_SOCKET_PATH)
    throw new HarnessError(`The socket path ${socket} is too long`, {
      hint: "Use a shorter state directory",
      exitCode: 3,
    });
  const child = spawn(process.execPath, [fileURLToPath(new URL("./host.ts", import.meta.url))], {
    detached: true,
    env: {},
    stdio: ["pipe", "pipe", "pipe"],
  });
  const links = options.links.map(({ edge, upstreams, port = 0 }) => ({ edge, upstreams, port }));
  child.stdin.on("error", () => undefined);
  child.stdin.write(`${JSON.stringify({ socket, links })}\n`);
  try {
    const { ports } = await ready(child, AbortSignal.any([signal, AbortSignal.timeout(START_LIMIT)]));
    if (child.pid === undefined) throw new Error("The edges have no pid");
    const owned = await identify(child.pid, "edges");
    return running(owned, socket, ports);
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
}

function running(owned: OwnedProcess, socket: string, ports: Readonly<Record<string, number>>): Proxy {
  return {
    process: owned,
    socket,
    port(edge) {
      const port = ports[edge];
      if (port === undefined) throw new Error(`No edge ${edge}`);
      return port;
    },
    async [Symbol.asyncDispose]() {
      await endProcess(owned, { graceMs: 2_000 });
      await unlink(socket).catch(() => undefined);
    },
  };
}

async function ready(child: ChildProcess, signal: AbortSignal): Promise<z.infer<typeof Ready>> {
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    complaint = `${complaint}${chunk.toString()}`.slice(-2_000);
  });
  const ended = once(child, "exit", { signal }).then(([code]): never => {
    const taken = code === PORT_TAKEN;
    throw new HarnessError(`The network edges did not start: ${complaint.trim() || `exit code ${code}`}`, {
      hint: taken ? "Another program uses the port; end it or choose other ports" : "Run `npm run doctor`",
      exitCode: 3,
    });
  });
  const line = once(createInterface({ input: child.stdout ?? process.stdin }), "line", { signal });
  for (const either of [ended, line]) either.catch(() => undefined);
  const first = await Promise.race([line, ended]);
  return Ready.parse(JSON.parse(String(first[0])));
}
