import { goLockContention } from "../generator/faults/kinds/go-lock-contention.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, RIGHT_AFTER, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** The same lock, and a release of another app in the same minute that is innocent. */
export default {
  title: "A release of the Go app makes everyone wait; the storefront was released too, and is innocent",
  target: local,
  phases: drill({
    faults: [goLockContention("go-otel-sample-app", { busy: 0.92 }, TTL)],
    changes: [{ does: "release", on: "otel-sample-app", after: RIGHT_AFTER }],
  }),
  truth: {
    incident: true,
    causes: [
      { component: "go-otel-sample-app", cause: "lock-contention", acceptsCause: ["slow-code", "bad-deploy", "cpu"] },
    ],
    trigger: "change",
    mechanism:
      "Each look at stock and each reservation recounts the history of movements under one global mutex; requests queue for it. The release of the storefront changes nothing.",
    symptoms: ["java-otel-sample-app", "otel-sample-app"],
    decoys: ["otel-sample-app"],
    remedies: { accepted: ["rollback", "fix"], rejected: ["scale"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
