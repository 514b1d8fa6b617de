import { beforeAll, describe, expect, test, vi } from "vitest";
import { statistical } from "../agents/statistical.ts";
import type { Diagnosis, Stamped } from "../investigation.ts";
import { drill, type Watched } from "./testing/drill.ts";

// A whole drill takes a second alone and ten on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const JAVA = "java-otel-sample-app";
const FRONT = "otel-sample-app";

describe("workers run out during a spike", () => {
  let seen: Watched;
  let last: Stamped<Diagnosis>;
  beforeAll(async () => {
    const hold = { app: "orders", route: "POST /api/orders", share: 0.35, ms: 5000 } as const;
    seen = await drill(statistical, { seed: 21, trouble: { load: { orders: 3 }, hold }, baseline: 126, recovery: 50 });
    const found = seen.diagnoses.at(-1);
    if (!found) throw new Error("nothing was said");
    last = found;
  });

  test("the ill are told from the well, databases and third parties too", () => {
    const health = Object.fromEntries(last.picture.components.map((one) => [one.component, one.health]));
    expect(health).toEqual({
      [JAVA]: "failing", [FRONT]: "failing", "go-otel-sample-app": "healthy", "sample-metrics-app": "healthy",
      store: "healthy", "rates-provider": "healthy",
    }); // biome-ignore format: one shape
    expect(last.picture.components.filter((one) => one.entry)).toHaveLength(4);
    expect(last.picture.components.find((one) => one.component === "store")?.kind).toBe("virtual");
  });

  test("failures are told by kind and place, those that grew most first", () => {
    const [first] = last.picture.errorPatterns;
    expect(first).toMatchObject({
      component: JAVA,
      kind: "unavailable",
      origin: JAVA,
      baselineShare: 0,
      detail: "HTTP 503",
    });
    expect(first?.shareOfRequests).toBeGreaterThan(0.15);
    const front = last.picture.errorPatterns.find((one) => one.component === FRONT && one.kind === "unavailable");
    expect(front?.origin).toBe(JAVA);
  });

  test("the workers moved with the symptom, and the processor did not lead it", () => {
    const workers = last.picture.resources.find((one) => one.resource === "workers busy");
    expect(workers).toMatchObject({ component: JAVA, significant: true });
    expect(workers?.rho).toBeGreaterThan(0.5);
    expect(workers?.now).toBeGreaterThan(10);
    for (const one of last.picture.resources)
      expect(last.picture.evidence.some((evidence) => evidence.id === one.evidence)).toBe(true);
  });

  test("the loss is that of users, and spreads from the cause to who waits for it", () => {
    const { affected, bystanders, lost, lostPerMinute, share, routes } = last.picture.blastRadius;
    expect(affected).toEqual([{ component: JAVA, hops: 0 }, { component: FRONT, hops: 1 }]); // biome-ignore format: a list
    expect(bystanders).toContain("store");
    expect(lost).toBeGreaterThan(300);
    expect(lostPerMinute).toBeGreaterThan(200);
    expect(share).toBeLessThan(1);
    expect(routes.reduce((total, one) => total + one.lost, 0)).toBeCloseTo(lost);
  });

  test("the story runs from discovery to recovery, each onset with its evidence", () => {
    const { timeline, evidence } = last.picture;
    const kinds = timeline.map((one) => one.kind);
    expect(kinds[0]).toBe("discovery");
    expect(kinds.at(-1)).toBe("recovery");
    expect(kinds.indexOf("users-hurt")).toBeLessThan(kinds.indexOf("alarm"));
    expect(kinds.indexOf("alarm")).toBeLessThan(kinds.indexOf("conclusion"));
    const onsets = timeline.filter((one) => one.kind === "onset");
    expect(onsets[0]?.component).toBe(JAVA);
    for (const one of onsets) expect(evidence.some(({ id }) => id === one.evidence)).toBe(true);
    expect(Math.abs((onsets[0]?.at ?? 0) - seen.inForce)).toBeLessThan(10_000);
    expect(timeline.map((one) => one.at)).toEqual(timeline.map((one) => one.at).toSorted((a, b) => a - b));
  });

  test("remedies are ranked by what they win back, and each says what must recover", () => {
    const { remedies } = last.picture;
    expect(remedies[0]).toMatchObject({ kind: "raise-pool", component: JAVA, advice: "act", when: "now" });
    expect(remedies[0]?.recovers.normal).toBeDefined();
    const values = remedies.filter((one) => one.when === "now").map((one) => one.value);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(values[0]).toBeGreaterThan(100);
  });

  test("the spike is said to have been there, and is not the cause", () => {
    expect(last.hypotheses[0]?.against.join()).toMatch(/times the usual requests/);
    expect(last.hypotheses[0]?.evidence.length).toBeGreaterThan(2);
  });

  test("the all-clear comes after the undo, and finds all well at the end", () => {
    const clear = seen.findings.at(-1);
    if (clear?.kind !== "all-clear") throw new Error("no all-clear");
    expect(clear.components?.map((one) => one.health)).toEqual(Array.from({ length: 6 }, () => "healthy"));
    expect(clear.dependencies).toHaveLength(5);
    expect(clear.baseline?.components).toHaveLength(4);
  });
});

test("a slow way hurts three services above it, and leaves its far end well", { timeout: 20_000 }, async () => {
  const trouble = { ways: { "stock->quotes": { delay: 400 } } };
  const { diagnoses } = await drill(statistical, { seed: 22, trouble, baseline: 124, recovery: 20 });
  const picture = diagnoses.at(-1)?.picture;
  const way = "go-otel-sample-app->sample-metrics-app";
  expect(picture?.blastRadius.affected).toEqual([
    { component: way, hops: 0 },
    { component: "go-otel-sample-app", hops: 1 },
    { component: JAVA, hops: 2 },
    { component: FRONT, hops: 3 },
  ]);
  expect(picture?.components.find((one) => one.component === "sample-metrics-app")?.health).toBe("healthy");
  expect(picture?.remedies[0]?.kind).toBe("repair-path");
  const edge = picture?.dependencies.find((one) => one.callee === "sample-metrics-app");
  expect((edge?.now?.p50 ?? 0) - (edge?.before.p50 ?? 0)).toBeGreaterThan(300);
});

test("an app that is gone is silent, and its callers' failures begin on the way to it", {
  timeout: 20_000,
}, async () => {
  const { diagnoses } = await drill(statistical, { seed: 23, trouble: { down: "stock" }, baseline: 124, recovery: 5 });
  const picture = diagnoses.at(-1)?.picture;
  expect(picture?.components.find((one) => one.component === "go-otel-sample-app")?.health).toBe("silent");
  expect(picture?.errorPatterns[0]).toMatchObject({ kind: "refused", origin: `${JAVA}->go-otel-sample-app` });
});
