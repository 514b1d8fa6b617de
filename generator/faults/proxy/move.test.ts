import { once } from "node:events";
import { Agent, type RequestListener, request } from "node:http";
import { connect, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { lead, vacated } from "../../targets/edges.ts";
import { ask } from "../adapters/socket.ts";
import { listening, PATH, path, serve } from "../testing/paths.ts";

const { signal } = new AbortController();
const LONG = { timeout: 60_000 };

/** An instance that says its name and the body it got: with a length or in chunks, at once or a little later. */
function named(name: string): RequestListener {
  return (asked, answer) => {
    const parts: Buffer[] = [];
    asked.on("data", (part) => parts.push(part));
    asked.on("end", () => {
      const body = `${name} ${Buffer.concat(parts).toString()}`;
      const pad = " ".repeat(Math.floor(Math.random() * 3) * 40_000);
      const inChunks = Math.random() < 0.5;
      const say = (): void => {
        if (inChunks) answer.write(body);
        answer.end(inChunks ? pad : body + pad);
      };
      setTimeout(say, Math.random() * 4);
    });
  };
}

interface Answer {
  readonly body: string;
  readonly socket: Socket | null;
}

/** One request; rejects when the connection is lost or the answer is cut short. */
function call(port: number, agent: Agent, body: string, at = "/"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const method = body === "" ? "GET" : "POST";
    const asked = request({ host: "127.0.0.1", port, path: at, agent, method }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("error", reject);
      answer.on("end", () => {
        if (!answer.complete) reject(new Error("cut short"));
        else resolve({ body: Buffer.concat(parts).toString().trim(), socket: asked.socket });
      });
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

const keepAlive = (): Agent => new Agent({ keepAlive: true, maxSockets: 16 });

describe("a path that is led from one instance to another", () => {
  it("loses no request under load, keeps its clients' connections, and lets the old instance end", LONG, async () => {
    await using a = await serve(named("a"));
    await using b = await serve(named("b"));
    await using on = await path([a.port]);
    const agent = keepAlive();
    const sockets = new Set<Socket | null>();
    const failures: unknown[] = [];
    const late: string[] = [];
    let [begun, moved] = [0, false];
    const user = async (): Promise<void> => {
      while (begun < 3_000) {
        const body = ++begun % 3 === 0 ? `order ${begun}: ${"x".repeat((begun % 7) * 9_000)}.` : "";
        const after = moved;
        const { body: said, socket } = await call(on.port, agent, body).catch((error: unknown) => {
          failures.push(error);
          return { body: "", socket: null };
        });
        sockets.add(socket);
        if (said !== "" && said.slice(2) !== body) failures.push(new Error(`${body} came as ${said}`));
        if (after) late.push(said[0] ?? "");
      }
    };
    const load = Promise.all(Array.from({ length: 16 }, user));
    while (begun < 1_000) await sleep(5);
    await lead(on.socket, [PATH], [b.port]);
    moved = true;
    expect(await vacated(on.socket, [PATH], 5_000, signal)).toBe(true);
    const ended = once(a.server, "close");
    a.server.close();
    a.server.closeIdleConnections();
    await ended; // all its connections have ended by themselves
    await load;
    agent.destroy();
    expect(failures).toEqual([]);
    expect(late.length).toBeGreaterThan(1_500);
    expect(new Set(late)).toEqual(new Set(["b"]));
    expect(sockets.size).toBe(16);
  });

  it("ends an exchange where it began, and moves the connection after it", async () => {
    const { promise: enough, resolve: finish } = Promise.withResolvers<void>();
    await using a = await serve((_, answer) => {
      answer.write("a began ");
      void enough.then(() => answer.end("and ended"));
    });
    await using b = await serve(named("b"));
    await using on = await path([a.port]);
    const agent = keepAlive();
    const first = call(on.port, agent, "");
    await once(a.server, "request");
    await lead(on.socket, [PATH], [b.port]);
    expect(await vacated(on.socket, [PATH], 200, signal)).toBe(false);
    finish();
    const { body, socket } = await first;
    expect(body).toBe("a began and ended");
    expect(await vacated(on.socket, [PATH], 2_000, signal)).toBe(true);
    expect(await call(on.port, agent, "")).toMatchObject({ body: "b", socket });
    agent.destroy();
  });

  it("keeps a client whose new instance closes an idle connection, and finds it another", async () => {
    await using a = await serve(named("a"));
    await using b = await serve(named("b"));
    await using on = await path([a.port]);
    const agent = keepAlive();
    const { socket } = await call(on.port, agent, "");
    await lead(on.socket, [PATH], [b.port]);
    expect(await call(on.port, agent, "")).toMatchObject({ body: "b", socket });
    b.server.closeIdleConnections();
    await sleep(100);
    expect(socket?.destroyed).toBe(false);
    expect(await call(on.port, agent, "")).toMatchObject({ body: "b", socket });
    agent.destroy();
  });

  it("lets go of clients as before while it has not moved", async () => {
    await using a = await serve(named("a"));
    await using on = await path([a.port]);
    const agent = keepAlive();
    const { socket } = await call(on.port, agent, "");
    await lead(on.socket, [PATH], [a.port]); // the same: no move
    a.server.closeIdleConnections();
    if (socket?.closed === false) await once(socket, "close", { signal: AbortSignal.timeout(2_000) });
    expect(socket?.destroyed).toBe(true);
    agent.destroy();
  });

  it("still ends the client's connection when the answer says so", async () => {
    await using a = await serve((asked, answer) => {
      if (asked.url === "/last") answer.setHeader("connection", "close");
      answer.end("a");
    });
    await using b = await serve(named("b"));
    await using on = await path([a.port]);
    const client = connect({ host: "127.0.0.1", port: on.port, allowHalfOpen: true });
    client.write("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
    await once(client, "data");
    await lead(on.socket, [PATH], [a.port, b.port]);
    client.write("GET /last HTTP/1.1\r\nhost: a\r\n\r\n");
    client.resume();
    await once(client, "end", { signal: AbortSignal.timeout(2_000) });
    client.destroy();
  });

  it("passes a delayed answer of the old instance on in full", async () => {
    await using a = await serve((_, answer) => answer.end("a".repeat(300_000)));
    await using b = await serve(named("b"));
    await using on = await path([a.port]);
    const agent = keepAlive();
    await ask(on.socket, { op: "shape", edge: PATH, shape: { delay: 600 }, ttlMs: 20_000, token: "t" });
    const slow = call(on.port, agent, "");
    await once(a.server, "request");
    await sleep(100); // answered, and on its way
    await lead(on.socket, [PATH], [b.port]);
    a.server.close();
    a.server.closeAllConnections();
    const { body, socket } = await slow;
    expect(body).toHaveLength(300_000);
    expect(await call(on.port, agent, "")).toMatchObject({ body: "b", socket });
    agent.destroy();
  });
});

describe("a connection with a state", () => {
  it("stays with its instance when the path moves, and ends with it", async () => {
    const open: Socket[] = [];
    const counting = (step: number) =>
      createServer((socket) => {
        open.push(socket);
        let sum = 0;
        socket.on("data", () => {
          sum += step;
          socket.write(Buffer.from([0, sum]));
        });
        socket.on("error", () => undefined);
      });
    const [a, b] = [counting(1), counting(100)];
    const [portA, portB] = [await listening(a), await listening(b)];
    await using on = await path([portA]);
    const client = connect({ host: "127.0.0.1", port: on.port });
    const say = async (): Promise<number> => {
      client.write(Buffer.from([0, 0, 0, 4]));
      const [said] = await once(client, "data", { signal: AbortSignal.timeout(2_000) });
      return (said as Buffer)[1] ?? -1;
    };
    expect(await say()).toBe(1);
    await lead(on.socket, [PATH], [portB]);
    expect([await say(), await say()]).toEqual([2, 3]);
    expect(await vacated(on.socket, [PATH], 100, signal)).toBe(false);
    const ended = once(client, "close", { signal: AbortSignal.timeout(2_000) });
    open[0]?.end();
    await ended;
    for (const socket of open) socket.destroy();
    a.close();
    b.close();
  });
});
