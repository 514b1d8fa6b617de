import { describe, expect, it } from "vitest";
import { FAULT_CLASSES } from "../agent/investigation.ts";
import { seeded, settle } from "../generator/phase.ts";
import { edgesOf, SERVICES } from "../generator/targets/graph.ts";
import { APPS } from "../generator/targets/target.ts";
import { planned } from "../generator/traffic/plan.ts";
import baseline from "./baseline.ts";
import benignSurge from "./benign-surge.ts";
import goOtelSlowEdge from "./go-otel-slow-edge.ts";
import javaOtelBadRecords from "./java-otel-bad-records.ts";
import javaOtelSlowStore from "./java-otel-slow-store.ts";
import javaOtelSpike from "./java-otel-spike.ts";
import type { Scenario } from "./scenario.ts";

const ALL: Readonly<Record<string, Scenario>> = {
  baseline,
  "benign-surge": benignSurge,
  "go-otel-slow-edge": goOtelSlowEdge,
  "java-otel-bad-records": javaOtelBadRecords,
  "java-otel-slow-store": javaOtelSlowStore,
  "java-otel-spike": javaOtelSpike,
};
const places: readonly string[] = [...SERVICES, ...edgesOf(SERVICES)];

describe.each(Object.entries(ALL))("%s", (_, { phases, truth, title, full = {} }) => {
  it("warms up, learns what is healthy, watches, recovers", () =>
    expect(phases.map(({ kind }) => kind)).toEqual(["warm-up", "steady", "watch", "recovery"]));
  it("learns from at least two minutes, and nothing happens in them", () => {
    const [settled] = [settle(phases, () => 0)];
    expect(settled[1]?.lasts).toBeGreaterThanOrEqual(120_000);
    expect(phases.filter(({ kind }) => kind !== "watch").flatMap(({ faults = [] }) => faults)).toEqual([]);
  });
  it("lasts about five minutes, drawn from the seed", () => {
    const whole = (seed: number): number => settle(phases, seeded(seed)).reduce((sum, one) => sum + one.lasts, 0);
    expect(whole(1)).toBe(whole(1));
    expect(new Set([1, 2, 3, 4, 5].map(whole)).size).toBeGreaterThan(3);
    expect(whole(1) - 150_000).toBeLessThan(300_000);
  });
  it("names a cause that the target has, of a class that an agent may say", () => {
    const causes = truth.incident ? truth.causes : [];
    for (const { component, cause } of causes) {
      expect(places).toContain(component);
      expect(FAULT_CLASSES).toContain(cause);
    }
    expect(causes.length > 0).toBe(truth.incident);
  });
  it("does something exactly when its truth says so", () => {
    const [before, , watch] = phases;
    const done = (watch?.faults ?? []).length > 0 || JSON.stringify(watch?.reserved ?? {}) !== JSON.stringify({});
    expect(done).toBe(truth.incident);
    expect(before?.reserved).toBeUndefined();
  });
  it("drives every app with enough requests for a bin, and can carry its flawed records", () => {
    const streams = APPS.map((app) => ({
      app,
      url: "http://127.0.0.1",
      phases: settle(phases, seeded(1)).map(({ lasts, load, reserved }) => ({
        lasts: Math.min(lasts, 20_000),
        load: load[app],
        reserved: reserved?.[app] ?? 0.05,
      })),
    }));
    const all = planned({ streams, seed: 1, arrivals: "poisson", timeout: 5_000 });
    for (const stream of [0, 1, 2, 3]) expect(all.filter((one) => one.stream === stream).length).toBeGreaterThan(500);
  });
  it("has a title for people that names no file of ours, and long forms of phases that it has", () => {
    expect(title.length).toBeGreaterThan(20);
    for (const name of Object.keys(full)) expect(phases.map((phase) => phase.name)).toContain(name);
  });
});

describe("the twins", () => {
  it("look alike at the front", () => {
    expect(javaOtelBadRecords.phases.map(({ load }) => load["java-otel-sample-app"].shape)).toEqual(
      javaOtelSlowStore.phases.map(({ load }) => load["java-otel-sample-app"].shape),
    );
    expect(javaOtelBadRecords.phases[2]?.reserved).toEqual({ "java-otel-sample-app": 0.25 });
    const faults = javaOtelSlowStore.phases[2]?.faults ?? [];
    expect(faults[0]?.params).toMatchObject({ failing: { share: 0.25 } });
  });
});
