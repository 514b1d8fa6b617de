import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** One customer, one text: rate and releases are as always. */
export default {
  title: "One customer searches with a text that takes the storefront very long to read",
  target: local,
  phases: drill({ poison: { "otel-sample-app": 0.5 } }),
  truth: {
    incident: true,
    causes: [{ component: "otel-sample-app", cause: "slow-code", acceptsCause: ["cpu"] }],
    trigger: "none",
    mechanism:
      "A pattern of the search backtracks on one customer's text and holds the event loop for it; one route first, then all.",
    remedies: { accepted: ["fix", "block", "shed-load"], rejected: ["rollback", "scale"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
