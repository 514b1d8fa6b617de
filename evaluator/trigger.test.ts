import { describe, expect, it } from "vitest";
import type { Change } from "../agent/telemetry/model.ts";
import type { Truth } from "../scenarios/scenario.ts";
import type { InjectedFault, Run } from "./run.ts";
import { withTrigger } from "./trigger.ts";

const change = (id: string, at: number, component: string): Change => ({
  id,
  at,
  component,
  kind: "deploy",
  summary: "dependency updates",
  status: "succeeded",
  arrival: at,
});
const ALL = [
  change("early", 900, "go-otel-sample-app"),
  change("decoy", 2_500, "otel-sample-app"),
  change("it", 3_000, "go-otel-sample-app"),
  change("undo", 9_500, "go-otel-sample-app"),
];
const changes = ({ from, to }: { from: number; to: number }) => ALL.filter(({ at }) => at >= from && at < to);
const run = (trigger: InjectedFault["trigger"]): Run =>
  ({
    faults: [{ trigger, on: "go-otel-sample-app", requestedAt: 2_000 }],
    revertingAt: 9_000,
    endedAt: 12_000,
  }) as unknown as Run;
const truth = (trigger: string): Truth => ({
  incident: true,
  causes: [{ component: "go-otel-sample-app", cause: "code-error" }],
  trigger,
  mechanism: "",
});

describe("the change that set it off", () => {
  it("is the fault's own, not an earlier one, a decoy or the undo", () =>
    expect(withTrigger(truth("change"), run("release"), changes)).toMatchObject({ trigger: "it" }));
  it("stays none where there was none", () =>
    expect(withTrigger(truth("none"), run("latent"), changes)).toMatchObject({ trigger: "none" }));
  it("is unknown when nothing was announced", () =>
    expect(withTrigger(truth("change"), run("release"), () => [])).toMatchObject({ trigger: "change" }));
  it("is no question in a control", () =>
    expect(withTrigger({ incident: false }, run("latent"), changes)).toEqual({ incident: false }));
});
