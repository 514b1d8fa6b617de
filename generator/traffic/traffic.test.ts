import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startTraffic } from "./engine.ts";
import { arrivals, constant, due, type Load, lasting, ramp, sequence } from "./load.ts";
import { cycle, reservedPlaces } from "./mix.ts";
import type { Outcome } from "./outcome.ts";
import { type Plan, planned } from "./plan.ts";
import { ROUTES } from "./routes.ts";
import { schedule } from "./schedule.ts";
import { summarize } from "./summary.ts";
import { hurts, normalOf, onset } from "./users.ts";

const loads = fc
  .array(
    fc.record({
      lasts: fc.integer({ min: 100, max: 60_000 }),
      from: fc.integer({ min: 1, max: 500 }),
      to: fc.integer({ min: 1, max: 500 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((segments): Load => sequence(segments.map(({ lasts, from, to }) => ramp(from, to, lasts))));

describe("load and schedule", () => {
  it("due is the inverse of arrivals", () =>
    fc.assert(
      fc.property(loads, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (load, share) => {
        const total = arrivals(load, 1e9);
        const at = due(load, total * share) ?? Number.NaN;
        expect(arrivals(load, at)).toBeCloseTo(total * share, 6);
      }),
    ));
  it("a uniform count is exact: 30 a second for 600 s is 18,000", () => {
    expect([...schedule(lasting(constant(30), 600_000), 600_000, "uniform", 1)]).toHaveLength(18_000);
  });
  it("the same seed gives the same plan, another one another", () => {
    const plan = (seed: number): Plan => ({
      streams: [
        {
          app: "go-otel-sample-app",
          url: "http://127.0.0.1:1",
          phases: [{ lasts: 20_000, load: constant(10), reserved: 0.05 }],
        },
      ],
      seed,
      arrivals: "poisson",
      timeout: 1_000,
    });
    expect(planned(plan(1))).toEqual(planned(plan(1)));
    expect(planned(plan(1))).not.toEqual(planned(plan(2)));
  });
  it("one cycle holds each route as often as its weight says", () => {
    const routes = ROUTES["java-otel-sample-app"];
    const counts = routes.map((_, i) => cycle(routes).filter((route) => route === i).length);
    expect(counts.map((count) => count * 5)).toEqual(routes.map((route) => route.weight));
  });
  it("a block of 100 holds exactly its share of reserved records, at places that can carry them", () => {
    const carries = Array.from({ length: 300 }, (_, i) => i % 2 === 0);
    const places = reservedPlaces(carries, 0.05, 7);
    expect(places.size).toBe(15);
    expect([...places].every((i) => carries[i])).toBe(true);
  });
});

describe("what users felt", () => {
  const bin = (bad: number, p95 = 50): { from: number; n: number; bad: number; p95: number } => ({
    from: 0,
    n: 100,
    bad,
    p95,
  });
  it("hurts by five points of errors or twice the p95, not by noise", () => {
    const normal = normalOf([bin(5), bin(5), bin(5)]);
    expect([bin(5), bin(9), bin(20), bin(5, 101), bin(5, 60)].map((one) => hurts(one, normal))).toEqual([
      false,
      false,
      true,
      true,
      false,
    ]);
  });
  it("does not hurt within what users were promised, but failures do", () => {
    const normal = { badShare: 0.05, p95: 20 };
    const bin = (bad: number, p95: number) => ({ from: 0, n: 200, bad, p95 });
    expect(hurts(bin(10, 90), normal)).toBe(true);
    expect(hurts(bin(10, 90), normal, { p95: 250 })).toBe(false);
    expect(hurts(bin(10, 260), normal, { p95: 250 })).toBe(true);
    expect(hurts(bin(60, 20), normal, { p95: 250 })).toBe(true);
  });
  it("onset is the first hurt bin from which three in five hurt", () => {
    const normal = { badShare: 0.05, p95: 50 };
    const bins = [5, 30, 5, 5, 5, 30, 5, 30, 30].map((bad, i) => ({ ...bin(bad), from: i * 5_000 }));
    expect(onset(bins, normal)).toBe(25_000);
  });
});

describe("the engine, against a stub server", () => {
  async function against(answer: boolean, rps: number, lasts: number): Promise<Outcome[]> {
    const server = createServer((_request, response) => answer && response.end("ok"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const phases = [{ lasts, load: constant(rps), reserved: 0 }];
    const plan: Plan = {
      streams: [{ app: "go-otel-sample-app", url, phases }],
      seed: 1,
      arrivals: "uniform",
      timeout: 1_000,
    };
    const outcomes: Outcome[] = [];
    {
      await using traffic = await startTraffic(plan, AbortSignal.timeout(30_000));
      for await (const batch of traffic.batches()) outcomes.push(...batch);
    }
    server.closeAllConnections();
    server.close();
    return outcomes;
  }
  // The server shares this process, and this machine is shared: what was late once is tried again.
  it("sends 300 a second within 1 %, all answered", { timeout: 30_000, retry: 2 }, async () => {
    const summary = summarize(await against(true, 300, 4_000), 4);
    expect(summary.due).toBe(1_200);
    expect(summary.achieved).toBeGreaterThan(297);
    expect(summary.status).toEqual({ "200": 1_200 });
  });
  it("goes on sending to a server that never answers, and counts the waiting", async () => {
    const summary = summarize(await against(false, 30, 3_000), 3);
    expect(summary.sent).toBe(90);
    expect(summary.status).toEqual({ timeout: 90 });
    expect(summary.response.p50).toBeGreaterThanOrEqual(1_000);
  }, 30_000);
});
