import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { ask } from "../adapters/socket.ts";
import { PATH, path, serve } from "../testing/paths.ts";

const AT_ONCE = 100;
const MB = Buffer.alloc(1024 * 1024, 120);

/** Milliseconds until a command is answered. */
async function timed(socket: string, message: object): Promise<number> {
  const from = performance.now();
  expect(await ask(socket, message)).toMatchObject({ ok: true });
  return performance.now() - from;
}
const shape = (shape: object) => ({ op: "shape", edge: PATH, shape, ttlMs: 60_000, token: "t" });
const clear = { op: "clear", edge: PATH, token: "t" };
const Stats = z.object({ edges: z.record(z.string(), z.object({ exchanges: z.number() })) });
const exchanges = async (socket: string): Promise<number> =>
  Stats.parse(await ask(socket, { op: "stats" })).edges[PATH]?.exchanges ?? 0;

function call(port: number): Promise<number> {
  const from = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, agent: false }, (answer) => {
      answer.resume().on("end", () => resolve(performance.now() - from));
      answer.on("error", reject);
    });
    asked.on("error", reject).end();
  });
}

/** Clients in a process of their own that ask again and again, on new connections, until it is disposed of. */
function load(port: number, clients: number): Disposable {
  const program = join(import.meta.dirname, "..", "testing", "clients.ts");
  const child = spawn(process.execPath, [program, String(port), String(clients)], { stdio: "inherit" });
  return { [Symbol.dispose]: () => void child.kill("SIGKILL") };
}

describe("a path under load", () => {
  it("is shaped and cleared at once, whatever its connections do", { timeout: 60_000 }, async () => {
    await using a = await serve((_, answer) => answer.end("a".repeat(2_000)));
    await using on = await path([a.port]);
    using _ = load(on.port, 30);
    while ((await exchanges(on.socket)) < 100) await sleep(50);
    const shapes = [
      { delay: 300, jitter: 100 },
      { blackhole: true },
      { bandwidth: 20_000 },
      { reset: true, share: 0.5 },
    ];
    const took: number[] = [];
    for (const one of [...shapes, ...shapes]) {
      took.push(await timed(on.socket, shape(one)));
      await sleep(300);
      took.push(await timed(on.socket, clear));
      const calls = [await call(on.port), await call(on.port), await call(on.port)];
      expect(Math.min(...calls)).toBeLessThan(150);
    }
    // A busy machine delays one or the other; a path that waits for its connections would delay them all.
    expect(took.toSorted((a, b) => a - b).at(-4)).toBeLessThan(AT_ONCE);
    expect(Math.max(...took)).toBeLessThan(10 * AT_ONCE);
  });

  it("is controlled while a reader that does not read blocks its connections", { timeout: 30_000 }, async () => {
    await using a = await serve((_, answer) => {
      const more = (): void => {
        while (answer.write(MB));
      };
      answer.on("drain", more);
      more();
    });
    await using on = await path([a.port]);
    const stuck = Array.from({ length: 10 }, () => connect(on.port, "127.0.0.1"));
    for (const socket of stuck)
      socket
        .on("error", () => undefined)
        .pause()
        .write("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
    await sleep(500);
    expect(await timed(on.socket, shape({ delay: 200 }))).toBeLessThan(AT_ONCE);
    expect(await timed(on.socket, clear)).toBeLessThan(AT_ONCE);
    for (const socket of stuck) socket.destroy();
  });

  it("shapes connections that were open before", async () => {
    await using a = await serve((_, answer) => answer.end("a"));
    await using on = await path([a.port]);
    const client = connect({ host: "127.0.0.1", port: on.port });
    const say = async (): Promise<number> => {
      const from = performance.now();
      client.write("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
      await once(client, "data", { signal: AbortSignal.timeout(2_000) });
      return performance.now() - from;
    };
    expect(await say()).toBeLessThan(100);
    await ask(on.socket, shape({ delay: 200 }));
    expect(await say()).toBeGreaterThanOrEqual(199);
    await ask(on.socket, clear);
    expect(await say()).toBeLessThan(100);
    client.destroy();
  });

  it("answers a command that it does not know, and goes on", async () => {
    await using a = await serve((_, answer) => answer.end("a"));
    await using on = await path([a.port]);
    for (const bad of [{ op: "burn" }, { ...shape({ delay: 1 }), ttlMs: 31 * 60_000 }, { ...clear, edge: "a->b" }])
      expect(await ask(on.socket, bad)).toMatchObject({ ok: false });
    expect(await ask(on.socket, { op: "stats" })).toMatchObject({ ok: true });
  });
});

describe("a path that passes nothing", () => {
  it("accepts, withholds every byte both ways, and cuts what it withheld when it is cleared", async () => {
    let asked = 0;
    await using a = await serve((_, answer) => {
      asked++;
      answer.end("a");
    });
    await using on = await path([a.port]);
    await ask(on.socket, shape({ blackhole: true }));
    const held = connect({ host: "127.0.0.1", port: on.port });
    await once(held, "connect");
    held.write("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
    const heard: unknown[] = [];
    held.on("data", (chunk) => heard.push(chunk));
    await sleep(300);
    expect([asked, heard.length, held.destroyed]).toEqual([0, 0, false]);
    expect(await ask(on.socket, { op: "stats" })).toMatchObject({ edges: { [PATH]: { held: 1, shaped: 1 } } });
    const [[lost]] = await Promise.all([once(held, "error"), ask(on.socket, clear)]);
    expect(lost).toMatchObject({ code: "ECONNRESET" });
    expect(await call(on.port)).toBeLessThan(500);
  });
});
