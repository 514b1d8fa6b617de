import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { operations } from "../../faults/adapters/operations.ts";
import { ask } from "../../faults/adapters/socket.ts";
import { local } from "../local.ts";
import type { AppId, RunningTarget } from "../target.ts";

/** An app and what it calls, for tests of its releases; its telemetry is listened to. */
export interface Bench extends AsyncDisposable {
  readonly target: RunningTarget;
  /** Dotted names of metrics, attributes and scopes that the app has sent. */
  readonly names: Set<string>;
  /** Rolls the app and waits until the new instance is ready. */
  to(release: string, settings?: Readonly<Record<string, string>>): Promise<void>;
  ready(release: string): Promise<void>;
  call(path: string, body?: object, on?: AppId): Promise<Called>;
  meters(): Promise<Record<string, number>>;
}
export interface Called {
  readonly status: number;
  readonly said: string;
  readonly ms: number;
}
const MINUTES = 60_000;
/** Two exports of metrics, ms. */
export const EXPORTS = 12_000;

export const span = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

export async function openBench(app: AppId, releases: readonly string[]): Promise<Bench> {
  const names = new Set<string>();
  const sink = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString("latin1");
    if (body.includes(app))
      for (const [name] of body.matchAll(/[a-z][a-z0-9_]+(?:\.[a-z0-9_]+)+/g)) if (name.length > 8) names.add(name);
    response.end();
  });
  await once(sink.listen(0, "127.0.0.1"), "listening");
  const { port } = sink.address() as AddressInfo;
  const target = await local.start(
    {
      apps: [app],
      releases: releases.map((release) => ({ app, release })),
      telemetry: { url: `http://127.0.0.1:${port}`, protocol: "http/protobuf" },
      random: Math.random,
      cache: join(homedir(), ".cache", "sample-apps"),
      own: async () => undefined,
      progress: () => undefined,
    },
    AbortSignal.timeout(10 * MINUTES),
  );
  const { roll, state } = operations(target.operations);
  async function ready(release: string): Promise<void> {
    for (let look = 0; look < 240; look++) {
      const now = (await state()).services[app];
      if (now?.release === release && now.ready && !now.busy) return;
      await sleep(250);
    }
    throw new Error(`${release} did not get ready`);
  }
  return {
    target,
    names,
    ready,
    async to(release, settings = {}) {
      const change = { kind: "deploy", summary: "dependency updates" } as const;
      await roll({ service: app, to: { release, settings }, strategy: "recreate", change });
      await ready(release);
      expect(await ask(target.socket(app), { op: "hello" })).toMatchObject({ ok: true, release });
    },
    async call(path, body, on = app) {
      const began = performance.now();
      const response = await fetch(new URL(path, target.fronts.get(on)), {
        signal: AbortSignal.timeout(20_000),
        ...(body && { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      });
      const said = await response.text();
      return { status: response.status, said, ms: performance.now() - began };
    },
    async meters() {
      const answer = (await ask(target.socket(app), { op: "meters" })) as { meters: Record<string, number> };
      return answer.meters;
    },
    async [Symbol.asyncDispose]() {
      await target[Symbol.asyncDispose]();
      sink.close();
    },
  };
}
