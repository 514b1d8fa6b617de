/** What an agent is judged by: each fault once or twice, the usual twins, and controls among them. */
const CORE = [
  "java-otel-spike",
  "go-otel-lookup-release",
  "go-otel-quiet-release",
  "store-backfill",
  "metrics-boot-release",
  "go-otel-slow-edge",
  "otel-hash-release",
  "busy-day",
  "provider-outage",
  "java-otel-bad-records",
  "go-otel-wrong-quotes-port",
  "store-nightly-report",
  "java-otel-slow-store",
  "go-otel-counters-release",
  "java-otel-quiet-release",
  "otel-costly-search",
  "go-otel-lost-quotes",
  "java-otel-invoice-release",
  "go-otel-config-reload",
  "go-otel-lookup-in-a-rush",
  "otel-slow-orders-edge",
  "java-otel-session-release",
];
/** Weak doses, slow ramps, innocent changes in the same minute, two causes at once; and quiet days that look busy. */
const HARD = [
  "go-otel-counters-and-decoy",
  "metrics-restart",
  "provider-limit-and-decoy",
  "go-otel-wrong-port-and-decoy",
  "otel-hash-weak",
  "benign-surge",
  "metrics-boot-and-decoy",
  "store-backfill-of-users",
  "two-lookup-and-provider",
  "baseline",
  "two-boot-and-invoice",
  "java-otel-slow-fill",
  "otel-rush",
];

/** Named sets of scenarios, in the order in which they are run. */
export const SUITES: Readonly<Record<string, readonly string[]>> = {
  /** A look at what matters, in 20 minutes: a pool, a job, a control, a crash loop, a third party. */
  smoke: ["java-otel-spike", "store-backfill", "go-otel-quiet-release", "metrics-boot-release", "provider-outage"],
  core: CORE,
  hard: HARD,
  /** Nothing is wrong, whatever is going on. */
  controls: [
    "baseline",
    "benign-surge",
    "busy-day",
    "go-otel-config-reload",
    "go-otel-quiet-release",
    "java-otel-quiet-release",
    "metrics-restart",
    "store-nightly-report",
  ],
  all: [...CORE, ...HARD],
};
