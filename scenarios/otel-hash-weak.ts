import { pyLoopBlock } from "../generator/faults/kinds/py-loop-block.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, LONGER, MEANWHILE, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** Just enough to hurt: the loop is busy half of the time. */
export default {
  title: "A release of the storefront computes a little inside its event loop",
  target: local,
  phases: drill({
    lasts: LONGER,
    faults: [pyLoopBlock("otel-sample-app", { busy: 0.65 }, TTL)],
    changes: [{ does: "release", on: "java-otel-sample-app", after: MEANWHILE }],
  }),
  truth: {
    incident: true,
    causes: [{ component: "otel-sample-app", cause: "slow-code", acceptsCause: ["cpu", "bad-deploy"] }],
    trigger: "change",
    mechanism:
      "A handler digests inside an async function; the single event loop is busy for two thirds of the time and requests queue for it.",
    decoys: ["java-otel-sample-app"],
    remedies: { accepted: ["rollback", "fix"], rejected: ["scale"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
