import { pyLoopBlock } from "../generator/faults/kinds/py-loop-block.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** One event loop for all: whoever computes in it stops everyone. */
export default {
  title: "A release of the storefront computes inside its event loop and everyone waits",
  target: local,
  phases: drill({ faults: [pyLoopBlock("otel-sample-app", { busy: 0.92 }, TTL)] }),
  truth: {
    incident: true,
    causes: [{ component: "otel-sample-app", cause: "slow-code", acceptsCause: ["cpu", "bad-deploy"] }],
    trigger: "change",
    mechanism:
      "A handler digests inside an async function; the single event loop stands still meanwhile and all routes wait. The orders app answers as fast as ever.",
    remedies: { accepted: ["rollback", "fix"], rejected: ["scale"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
