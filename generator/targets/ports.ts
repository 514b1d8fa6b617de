import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { HarnessError } from "../harness-error.ts";
import type { AppId } from "./target.ts";

/** Below the ranges from which systems give ports to outgoing connections: a restarted app finds its port free. */
const LOWEST = 20_000;
const HIGHEST = 30_000;
const TRIES = 200;

/** So many different free loopback ports. They are free now; whoever uses them may still find one taken. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const held: Server[] = [];
  const ports = new Set<number>();
  try {
    for (let tries = 0; ports.size < count; tries += 1) {
      if (tries > TRIES + count) throw noPorts();
      const port = randomInt(LOWEST, HIGHEST);
      const server = ports.has(port) ? undefined : await hold(port);
      if (server === undefined) continue;
      held.push(server);
      ports.add(port);
    }
    return [...ports];
  } finally {
    await Promise.all(held.map(release));
  }
}

/** Throws, naming port and app, when a port that was asked for is taken. */
export async function requireFree(ports: Readonly<Partial<Record<AppId, number>>>): Promise<void> {
  for (const [app, port] of Object.entries(ports)) {
    const server = await hold(port);
    if (server === undefined)
      throw new HarnessError(`Port ${port}, on which ${app} is reached, is taken`, {
        hint: `End the program that listens on 127.0.0.1:${port} (to find it: lsof -i :${port}), or choose another port`,
        exitCode: 3,
      });
    await release(server);
  }
}

/** A listener on the port, or undefined when somebody else has it or it may not be used. */
async function hold(port: number): Promise<Server | undefined> {
  const server = createServer();
  server.listen({ port, host: "127.0.0.1", exclusive: true });
  try {
    await once(server, "listening");
    return server;
  } catch {
    return undefined;
  }
}

async function release(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  await closed;
}

function noPorts(): HarnessError {
  return new HarnessError(`No free ports between ${LOWEST} and ${HIGHEST} on 127.0.0.1`, {
    hint: "End programs that listen there, or allow this one to open ports",
    exitCode: 3,
  });
}
