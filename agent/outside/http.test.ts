import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import alerting from "../agents/alerting.ts";
import { watchRecording } from "../engine/testing/drill.ts";
import type { Recording } from "../engine/testing/memory.ts";
import { play } from "../engine/testing/play.ts";
import type { Diagnosis, Stamped } from "../investigation.ts";
import { type HttpOptions, httpAgent } from "./http.ts";

// A whole drill takes a second alone and ten on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let recording: Recording;
beforeAll(() => {
  ({ recording } = play({ seed: 2, trouble: { down: "stock" }, watch: 60, recovery: 1 }));
});
type Serve = (request: IncomingMessage, response: ServerResponse, nth: number) => unknown;
const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one[Symbol.asyncDispose]();
});
/** A real server; resolves with its address. */
async function serving(serve: Serve): Promise<string> {
  let nth = 0;
  const server = createServer((request, response) => void serve(request, response, ++nth));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push({
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const ANSWER = {
  hypotheses: [{ component: "stock", cause: "unavailable", confidence: 0.7, evidence: ["it is gone"] }],
  named: 1,
};
const say = (response: ServerResponse, body: unknown, status = 200, headers = {}): void => {
  response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
};
const agentAt = (url: string, more: Partial<HttpOptions> = {}) =>
  httpAgent({ name: "http:x", url, budget: 20_000, wait: 20_000, withRanking: false, ...more });
const found = async (serve: Serve, more: Partial<HttpOptions> = {}) =>
  (await watchRecording(agentAt(await serving(serve), more), recording)).find(
    (one): one is Stamped<Diagnosis> => one.kind === "diagnosis",
  );

describe("a server as the agent", () => {
  it("gets the question by POST, reads telemetry up to that moment, and its answer is the diagnosis", async () => {
    const seen: unknown[] = [];
    const diagnosis = await found(async (request, response) => {
      const question = JSON.parse(await text(request));
      const headers = { authorization: `Bearer ${question.endpoint.token}` };
      const told = (await (await fetch(`${question.endpoint.url}/`, { headers })).json()) as { now: number };
      seen.push(request.method, request.headers["content-type"], told.now === question.now, "ranking" in question);
      say(response, ANSWER);
    });
    expect(seen).toEqual(["POST", "application/json", true, false]);
    expect(diagnosis?.hypotheses[0]).toMatchObject({ component: "stock", cause: "unavailable", confidence: 0.7 });
    const alarms = await watchRecording(alerting, recording);
    expect(diagnosis?.at).toBeGreaterThanOrEqual((alarms.find(({ kind }) => kind === "alarm")?.at ?? 0) + 20_000);
  });

  it("may say where its answer will be, and make one wait for it", async () => {
    const asked: string[] = [];
    const diagnosis = await found((request, response, nth) => {
      asked.push(`${request.method} ${request.url}`);
      if (nth === 1) return say(response, "", 202, { location: "/answers/7", "retry-after": "0.01" });
      return nth < 4 ? say(response, "", 202, { "retry-after": "0.01" }) : say(response, ANSWER);
    });
    expect(asked).toEqual(["POST /", "GET /answers/7", "GET /answers/7", "GET /answers/7"]);
    expect(diagnosis?.named).toBe(1);
  });

  it("is asked again when it is busy or hangs up", async () => {
    const diagnosis = await found((request, response, nth) => {
      if (nth === 1) return request.socket.destroy();
      return nth < 4 ? say(response, "", nth === 2 ? 429 : 503, { "retry-after": "0.01" }) : say(response, ANSWER);
    });
    expect(diagnosis?.named).toBe(1);
  });

  const wrong: readonly (readonly [string, Serve, RegExp, Partial<HttpOptions>?])[] = [
    ["another status", (_, response) => say(response, ANSWER, 500), /answered with status 500/],
    ["a redirect", (_, response) => say(response, "", 307, { location: "/" }), /answered with status 307/],
    ["nothing", (_, response) => say(response, ""), /answered with nothing/],
    ["no JSON", (_, response) => say(response, "<html>"), /the server's answer is not one JSON document/],
    ["another shape", (_, response) => say(response, { hypotheses: [] }), /named/],
    ["202 and no place", (_, response) => say(response, "", 202), /202 and no location/],
    ["another server", (_, response) => say(response, "", 202, { location: "http://127.0.0.1:1/x" }), /points to another one/],
    ["gigabytes", (_, response) => { const more = (): void => { while (!response.destroyed && response.write("x".repeat(65_536))); }; response.on("drain", more); more(); }, /more than 1048576 bytes/],
    ["silence", () => undefined, /no answer within 0.5 s/, { budget: 500 }],
    ["an answer that never ends", (_, response) => { response.write("{"); }, /no answer within 0.5 s/, { budget: 500 }],
    ["a server that stays busy", (_, response) => say(response, "", 503), /no answer within 1 s/, { budget: 1_000 }],
  ]; // biome-ignore format: a table reads better than a column
  it.each(wrong.map((one) => [one[0], one] as const))("fails with %s", async (_, [, serve, why, more]) => {
    await expect(found(serve, more)).rejects.toThrow(why);
  });

  it("fails when nobody listens", async () => {
    const agent = agentAt("http://127.0.0.1:9", { budget: 1_000 });
    await expect(watchRecording(agent, recording)).rejects.toThrow(/no answer within 1 s/);
  });
});
