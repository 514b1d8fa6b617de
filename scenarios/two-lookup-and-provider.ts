import { badReleaseEndpoint } from "../generator/faults/kinds/bad-release-endpoint.ts";
import { provider503 } from "../generator/faults/kinds/provider-503.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, MEANWHILE, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** Two things go wrong at once, in different places, for different reasons. */
export default {
  title: "A release of the Go app panics on a route while the rates provider is out of service",
  target: local,
  phases: drill({
    faults: [provider503("rates-provider", { status: 503 }, TTL), badReleaseEndpoint("go-otel-sample-app", {}, TTL)],
    changes: [{ does: "release", on: "otel-sample-app", after: MEANWHILE }],
  }),
  truth: {
    incident: true,
    causes: [
      { component: "go-otel-sample-app", cause: "code-error", acceptsCause: ["bad-deploy"] },
      {
        component: "rates-provider",
        cause: "dependency-down",
        accepts: ["sample-metrics-app->rates-provider"],
        acceptsCause: ["unavailable"],
      },
    ],
    trigger: "change",
    mechanism:
      "One route of the stock app panics since its release; independently the provider of exchange rates answers 503.",
    symptoms: ["sample-metrics-app", "java-otel-sample-app", "otel-sample-app"],
    decoys: ["otel-sample-app"],
    remedies: { accepted: ["rollback", "fix", "fallback"], rejected: ["scale"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
