import { storeLock } from "../generator/faults/kinds/store-lock.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** A job that locks a table and then thinks. */
export default {
  title: "A job holds the lock of a table and the orders app runs out of connections",
  target: local,
  phases: drill({ faults: [storeLock("store", { table: "products" }, TTL)] }),
  truth: {
    incident: true,
    causes: [
      {
        component: "store",
        cause: "lock-contention",
        accepts: ["java-otel-sample-app->store"],
        acceptsCause: ["pool-exhaustion"],
      },
    ],
    trigger: "change",
    mechanism:
      "The session of a job holds a lock on the products table and is idle in its transaction; all reads of products wait, and hold the orders app's connections meanwhile.",
    symptoms: ["java-otel-sample-app", "otel-sample-app"],
    remedies: { accepted: ["end-session", "kill-query", "fix"], rejected: ["raise-pool", "restart"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
