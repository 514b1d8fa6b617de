import { provider503 } from "../generator/faults/kinds/provider-503.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** A third party that nobody here can repair. */
export default {
  title: "The rates provider is out of service",
  target: local,
  phases: drill({ faults: [provider503("rates-provider", { status: 503 }, TTL)] }),
  truth: {
    incident: true,
    causes: [
      {
        component: "rates-provider",
        cause: "dependency-down",
        accepts: ["sample-metrics-app->rates-provider"],
        acceptsCause: ["unavailable"],
      },
    ],
    trigger: "none",
    mechanism:
      "The provider of exchange rates answers 503; the quotes app has no rates and answers 502, and so does everyone who asks it.",
    symptoms: ["sample-metrics-app", "go-otel-sample-app", "java-otel-sample-app", "otel-sample-app"],
    remedies: { accepted: ["fallback", "contact-provider", "breaker"], rejected: ["rollback", "restart"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
