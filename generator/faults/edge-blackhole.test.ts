import { describe, expect, it } from "vitest";
import { edgeBlackhole } from "./kinds/edge-blackhole.ts";
import { serve } from "./testing/serve.ts";
import { EDGE, stage, users } from "./testing/stage.ts";

const never = new AbortController().signal;

describe("network loss on an edge", () => {
  it("leaves calls without an answer until it is taken back", { timeout: 20_000 }, async () => {
    await using on = await stage();
    using _ = users(on);
    const injection = await edgeBlackhole(EDGE, {}, 60_000).inject(on.scene, never);
    const lost = on.call().then(
      () => "answered",
      () => "cut",
    );
    expect(await Promise.race([lost, new Promise((resolve) => setTimeout(resolve, 500, "waits"))])).toBe("waits");
    await injection[Symbol.asyncDispose]();
    expect(injection.outcome()).toBe("restored");
    expect(await lost).toBe("cut");
    expect(await on.call()).toBeLessThan(200);
  });

  it("by a change of policy says so on the feed, in the name of the caller, and is a configuration's doing", async () => {
    await using on = await stage();
    using _ = users(on);
    const fault = edgeBlackhole(EDGE, { byPolicy: true }, 60_000);
    expect([fault.trigger, edgeBlackhole(EDGE, {}, 60_000).trigger]).toEqual(["config", "infra"]);
    const said: unknown[] = [];
    await using _platform = await serve(on.scene.target.operations, (message) => {
      said.push(message);
      return { ok: true, at: 1, changeId: "c" };
    });
    const injection = await fault.inject(on.scene, never);
    await injection[Symbol.asyncDispose]();
    const change = {
      service: "go-otel-sample-app",
      kind: "config",
      summary: "egress policy updated",
      status: "succeeded",
    };
    expect(said).toEqual([{ op: "announce", change }]);
  });
});
