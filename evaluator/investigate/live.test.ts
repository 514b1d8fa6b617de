import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import statistical from "../../agent/agents/statistical.ts";
import { type Order, outcomeOf } from "./investigated.ts";
import { investigateLive } from "./live.ts";
import { investigateRecording } from "./recorded.ts";
import type { Live } from "./source.ts";

let root = "";
let lines: string[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "live-"));
  lines = [];
});
afterEach(() => rm(root, { recursive: true }));

const watching = { line: (text: string): void => void lines.push(text) };
const order = (last: number | undefined, scope: readonly string[] = []): Order => ({
  agent: statistical,
  range: last === undefined ? {} : { last },
  question: undefined,
  scope,
});
const none = new Map<string, URL>();
const otlp = (port: number): Live => ({ kind: "live", otlp: port, scrapes: none });

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

const body = JSON.stringify({
  resourceSpans: [
    {
      resource: { attributes: [{ key: "service.name", value: { stringValue: "shop" } }] },
      scopeSpans: [{ spans: [{ traceId: "ab".repeat(16), spanId: "cd".repeat(8), name: "GET /", kind: 2 }] }],
    },
  ],
});
const send = (port: number): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}/v1/traces`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
const waited = async (): Promise<void> => {
  while (!lines.some((line) => line.startsWith("waiting for telemetry"))) await new Promise((go) => setTimeout(go, 20));
};

describe("live telemetry", () => {
  it("is received until the interrupt, kept, and can be investigated again", { timeout: 20_000 }, async () => {
    const port = await freePort();
    const stop = new AbortController();
    const running = investigateLive(otlp(port), order(undefined), join(root, "kept"), stop.signal, watching);
    await waited();
    expect((await send(port)).status).toBe(200);
    await new Promise((go) => setTimeout(go, 2_200));
    stop.abort();
    const seen = await running;
    expect(seen).toMatchObject({ live: true, sources: [`OTLP over HTTP on 127.0.0.1:${port}`], crashed: null });
    expect(outcomeOf(seen)).toBe("unknown");
    expect(seen.window.to - seen.window.from).toBeGreaterThanOrEqual(1_000);
    expect(seen.telemetry.spans({}).map(({ name }) => name)).toEqual(["GET /"]);
    // Nothing listens any more, and what came is there to be looked at again.
    await expect(send(port)).rejects.toThrow();
    const again = await investigateRecording(join(root, "kept"), order(undefined), new AbortController().signal);
    expect(again.telemetry.spans({}).map(({ name }) => name)).toEqual(["GET /"]);
  });

  it("that never comes ends in time, and is said to be none", { timeout: 20_000 }, async () => {
    const port = await freePort();
    const seen = await investigateLive(
      otlp(port),
      order(1_500),
      join(root, "kept"),
      new AbortController().signal,
      watching,
    );
    expect(outcomeOf(seen)).toBe("nothing-received");
    expect(lines.at(-1)).toBe("0 batches received, 0 refused");
  });

  it("is scraped under the name that was given", { timeout: 20_000 }, async () => {
    const text = "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total 1.5\n";
    const server = createServer((_, response) => response.end(text)).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`);
    const source: Live = { kind: "live", otlp: undefined, scrapes: new Map([["till", url]]) };
    const seen = await investigateLive(
      source,
      order(1_500),
      join(root, "kept"),
      new AbortController().signal,
      watching,
    );
    server.close();
    server.closeAllConnections();
    expect(seen.telemetry.metrics("till")).toEqual(["process_cpu_seconds_total"]);
    expect(seen.sources).toEqual([`Prometheus till at ${url.href}`]);
  });

  it("of a scope that was never heard of is refused at the end, and kept", { timeout: 20_000 }, async () => {
    const port = await freePort();
    const running = investigateLive(
      otlp(port),
      order(2_000, ["billing"]),
      join(root, "kept"),
      new AbortController().signal,
      watching,
    );
    running.catch(() => undefined);
    await waited();
    await send(port);
    await expect(running).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/billing is no component/),
    });
    expect(await readdir(join(root, "kept"))).toContain("telemetry");
  });

  it("cannot come by a port that is taken: exit 3, and nothing is left behind", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const refused = investigateLive(
      otlp(port),
      order(1_000),
      join(root, "kept"),
      new AbortController().signal,
      watching,
    );
    await expect(refused).rejects.toMatchObject({ exitCode: 3, message: `port ${port} is taken` });
    expect(await readdir(root)).toEqual([]);
    server.close();
    await once(server, "close");
  });
});
