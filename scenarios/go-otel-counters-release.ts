import { goLockContention } from "../generator/faults/kinds/go-lock-contention.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** The app that all others lean on counts under one lock. */
export default {
  title: "A release of the Go app counts its history under one lock and everyone waits",
  target: local,
  phases: drill({ faults: [goLockContention("go-otel-sample-app", { busy: 0.92 }, TTL)] }),
  truth: {
    incident: true,
    causes: [
      { component: "go-otel-sample-app", cause: "lock-contention", acceptsCause: ["slow-code", "bad-deploy", "cpu"] },
    ],
    trigger: "change",
    mechanism:
      "Each look at stock and each reservation recounts the history of movements under one global mutex; requests queue for it. The quotes app is well.",
    symptoms: ["java-otel-sample-app", "otel-sample-app"],
    remedies: { accepted: ["rollback", "fix"], rejected: ["scale"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
