import { storeLock } from "../generator/faults/kinds/store-lock.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, LONGER, MEANWHILE, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** Only some rows, only some users, and a release that is innocent. */
export default {
  title: "A job holds the rows of many users; the orders app was released too, and is innocent",
  target: local,
  phases: drill({
    lasts: LONGER,
    faults: [storeLock("store", { table: "users", rows: 700 }, TTL)],
    changes: [{ does: "release", on: "java-otel-sample-app", after: MEANWHILE }],
  }),
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
      "The session of a job holds row locks on most users and is idle in its transaction; orders of these users wait for them, and hold connections meanwhile.",
    symptoms: ["java-otel-sample-app", "otel-sample-app"],
    decoys: ["java-otel-sample-app"],
    remedies: { accepted: ["end-session", "kill-query", "fix"], rejected: ["raise-pool", "restart"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
