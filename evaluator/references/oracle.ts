import type { Agent } from "../../agent/agent.ts";
import type { Diagnosis } from "../../agent/investigation.ts";
import type { Sealed } from "../archive/sealed.ts";
import { NOTHING_SEEN, unseen } from "./nothing-seen.ts";

/**
 * Knows the truth, and says it at the first tick after users were hurt: must score 1 wherever the truth decides, or the
 * harness is broken. On a control it watches and says nothing.
 */
export function oracle({ run, truth }: Sealed): Agent {
  return {
    name: "oracle",
    async *investigate(_brief, _telemetry, ticks, signal) {
      let said = false;
      for await (const now of ticks) {
        if (signal.aborted) return;
        if (said || !truth.incident || run.harmAt === null || now <= run.harmAt) continue;
        said = true;
        const [first] = truth.causes;
        yield { kind: "alarm", component: first.component, text: "users are hurt", evidence: [] };
        yield diagnosisOf(truth);
      }
    },
  };
}

type Incident = Extract<Sealed["truth"], { readonly incident: true }>;

function diagnosisOf({ causes, mechanism, trigger }: Incident): Diagnosis {
  const change = trigger === "none" ? {} : { trigger };
  const hypotheses = causes.map(({ component, cause }) => ({ ...unseen(component, cause, 1, mechanism), ...change }));
  return {
    kind: "diagnosis",
    outcome: "incident",
    hypotheses,
    named: causes.length,
    picture: NOTHING_SEEN,
    gaps: [],
  };
}
