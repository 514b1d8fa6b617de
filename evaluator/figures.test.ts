import { describe, expect, it } from "vitest";
import type { Outcome } from "../generator/traffic/outcome.ts";
import { breakdown, figures } from "./figures.ts";

const common = { seq: 0, app: "go-otel-sample-app", route: "GET /", phase: 0, reserved: false, trace: "" } as const;
const answered = (due: number, took: number, status = 200): Outcome => ({
  ...common,
  due,
  kind: "answered",
  sent: due + 1,
  done: due + took,
  status,
  valid: true,
});

describe("load figures", () => {
  const outcomes: Outcome[] = [
    answered(0, 10),
    answered(1_000, 30, 503),
    { ...common, due: 2_000, kind: "failed", sent: 2_001, done: 2_100, why: "reset" },
    { ...common, due: 3_000, kind: "dropped", why: "queue-full" },
    answered(10_000, 10),
  ];
  it("counts what was due in the window, dropped requests too", () => {
    const found = figures(outcomes, 0, 4_000);
    expect(found).toMatchObject({ offered: 1, achieved: 0.75, dropped: 1, errorShare: 0.5 });
    expect(found.p99).toBeGreaterThan(4_000);
  });
  it("names the ways of failing", () => expect(breakdown(outcomes)).toEqual({ "503": 1, reset: 1 }));
});
