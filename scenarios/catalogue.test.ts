import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FAULT_CLASSES } from "../agent/investigation.ts";
import { seeded, settle } from "../generator/phase.ts";
import { edgesOf, SERVICES } from "../generator/targets/graph.ts";
import { APPS } from "../generator/targets/target.ts";
import { planned } from "../generator/traffic/plan.ts";
import javaOtelBadRecords from "./java-otel-bad-records.ts";
import javaOtelSlowStore from "./java-otel-slow-store.ts";
import type { Scenario } from "./scenario.ts";
import { splitOf } from "./split.ts";
import { SUITES } from "./suites.ts";

const FOLDER = import.meta.dirname;
const OTHERS = ["scenario.ts", "drill.ts", "split.ts", "suites.ts"];
const files = readdirSync(FOLDER).filter((file) => !file.endsWith(".test.ts") && !OTHERS.includes(file));
const ALL: Readonly<Record<string, Scenario>> = Object.fromEntries(
  await Promise.all(
    files.map(async (file) => [
      file.slice(0, -3),
      ((await import(join(FOLDER, file))) as { default: Scenario }).default,
    ]),
  ),
);
const incidents = Object.entries(ALL).filter(([, { truth }]) => truth.incident);
const controls = Object.entries(ALL).filter(([, { truth }]) => !truth.incident);
const faultsOf = ({ phases }: Scenario) => phases.flatMap(({ faults = [] }) => faults);
const changesOf = ({ phases }: Scenario) => phases.flatMap(({ changes = [] }) => changes);
const share = (of: readonly unknown[], all: readonly unknown[]): number => of.length / all.length;

const places: readonly string[] = [...SERVICES, ...edgesOf(SERVICES)];

describe.each(Object.entries(ALL))("%s", (_, scenario) => {
  const { phases, truth, title, full = {} } = scenario;
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
    // What fills up slowly is watched for longer.
    expect(whole(1) - 150_000).toBeLessThan(340_000);
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
    const told = [watch?.reserved, watch?.poison].some((share) => share !== undefined);
    const surge = truth.incident && truth.causes.some(({ cause }) => cause === "traffic-surge");
    expect((watch?.faults ?? []).length > 0 || told || surge).toBe(truth.incident);
    expect(before?.reserved).toBeUndefined();
    expect(before?.poison).toBeUndefined();
  });
  it("drives every app with enough requests for a bin, and can carry its flawed records", () => {
    const streams = APPS.map((app) => ({
      app,
      url: "http://127.0.0.1",
      phases: settle(phases, seeded(1)).map(({ lasts, load, reserved, poison }) => ({
        lasts: Math.min(lasts, 20_000),
        load: load[app],
        reserved: reserved?.[app] ?? 0.05,
        poison: poison?.[app] ?? 0,
      })),
    }));
    const all = planned({ streams, seed: 1, arrivals: "poisson", timeout: 5_000 });
    for (const stream of [0, 1, 2, 3]) expect(all.filter((one) => one.stream === stream).length).toBeGreaterThan(500);
  });
  it("says that a change set it off exactly when one of its faults is a change", () => {
    if (!truth.incident) return;
    const announced = faultsOf(scenario).some(({ trigger }) => ["release", "config", "job"].includes(trigger));
    expect(truth.trigger).toBe(announced ? "change" : "none");
  });
  it("names as decoys what it changes without harm, and no cause", () => {
    const changed = changesOf(scenario).map((one) => (one.does === "job" ? "store" : one.on));
    expect(new Set(truth.decoys ?? [])).toEqual(new Set(changed));
    const causes = truth.incident ? truth.causes.map(({ component }) => component) : [];
    for (const cause of causes) expect(changed).not.toContain(cause);
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

describe("the catalogue", () => {
  it("holds at least thirty scenarios, 20 to 25 in a hundred of them controls", () => {
    expect(Object.keys(ALL).length).toBeGreaterThanOrEqual(30);
    expect(share(controls, Object.keys(ALL))).toBeGreaterThanOrEqual(0.2);
    expect(share(controls, Object.keys(ALL))).toBeLessThanOrEqual(0.25);
  });
  it("has a change behind at least 55 in a hundred incidents, as the field's post-mortems do", () =>
    expect(
      share(
        incidents.filter(([, { truth }]) => truth.incident && truth.trigger === "change"),
        incidents,
      ),
    ).toBeGreaterThanOrEqual(0.55));
  it("has harmless changes beside about 40 in a hundred incidents, and in most controls", () => {
    expect(
      share(
        incidents.filter(([, one]) => changesOf(one).length > 0),
        incidents,
      ),
    ).toBeGreaterThanOrEqual(0.35);
    expect(
      share(
        controls.filter(([, one]) => changesOf(one).length > 0),
        controls,
      ),
    ).toBeGreaterThanOrEqual(0.55);
  });
  it("has no answer that is right in more than 15 in a hundred incidents", () => {
    const answers = new Map<string, number>();
    for (const [, { truth }] of incidents)
      for (const { component, cause } of truth.incident ? truth.causes : [])
        answers.set(`${component} ${cause}`, (answers.get(`${component} ${cause}`) ?? 0) + 1);
    expect(Math.max(...answers.values()) / incidents.length).toBeLessThanOrEqual(0.15);
  });
  it("hurts other components than its cause in at least 40 in a hundred incidents", () =>
    expect(
      share(
        incidents.filter(([, { truth }]) => truth.incident && (truth.symptoms ?? []).length > 0),
        incidents,
      ),
    ).toBeGreaterThanOrEqual(0.4));
  it("holds out a good quarter of its scenarios, incidents and controls", () => {
    const heldOut = (of: typeof controls) => of.filter(([name]) => splitOf(name) === "held-out");
    expect(heldOut(incidents).length / incidents.length).toBeGreaterThan(0.2);
    expect(heldOut(controls).length).toBeGreaterThan(1);
  });
  it("has every scenario in a suite", () => expect(new Set(SUITES["all"])).toEqual(new Set(Object.keys(ALL))));
});
