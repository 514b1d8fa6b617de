import type { TargetState } from "../fault.ts";

const STORE = { host: "127.0.0.1", port: 25_432, database: "store", user: "orders", password: "secret" };

/** What a plan sees of a target on which nothing special goes on: ten requests a second to each app. */
export function stateOn(on: string): TargetState {
  const process = { pid: 7, startTime: "100", bootId: "b", what: on };
  return {
    token: "k3f9",
    ttlMs: 600_000,
    at: 1_790_000_000_000,
    on,
    app: { socket: "/run/app.sock", process, startedAt: 1_789_999_000_000 },
    process,
    meters: {},
    rates: {
      "otel-sample-app": 10,
      "java-otel-sample-app": 10,
      "go-otel-sample-app": 10,
      "sample-metrics-app": 10,
    },
    speed: { arithmetic: 1, digests: 1 },
    freePort: 23_456,
    edgeSocket: "/run/edges.sock",
    operations: "/run/ops.sock",
    store: STORE,
  };
}
