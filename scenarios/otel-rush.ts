import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, LONGER } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** Nothing is broken and nothing was changed: more users than the storefront can serve. */
export default {
  title: "A sale begins, and more users come than the storefront can serve",
  target: local,
  phases: drill({ lasts: LONGER, rush: { "otel-sample-app": { times: 1.4, otherwise: 150 } } }),
  truth: {
    incident: true,
    causes: [{ component: "otel-sample-app", cause: "traffic-surge", acceptsCause: ["cpu"] }],
    trigger: "none",
    mechanism:
      "Users of the storefront grow to many times the usual within half a minute; its one process is busy all the time and answers later and later.",
    remedies: { accepted: ["scale", "shed-load"], rejected: ["rollback", "restart"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
