import type { Agent } from "../../agent/agent.ts";
import type { Diagnosis, Evidence, Hypothesis } from "../../agent/investigation.ts";
import type { Sealed } from "../archive/sealed.ts";

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
  const hypotheses = causes.map(({ component, cause }): Hypothesis => {
    const query = { ask: "changes", within: { from: 0, to: 0 }, component } as const;
    const evidence: Evidence = {
      id: `truth/${component}`,
      component,
      signal: "structure",
      claim: mechanism,
      direction: "present",
      query,
    };
    const change = trigger === "none" ? {} : { trigger };
    return { component, cause, confidence: 1, sentence: mechanism, evidence: [evidence], against: [], ...change };
  });
  const nothing = { affected: [], bystanders: [], routes: [], lost: 0, lostPerMinute: 0, share: 0 };
  const picture = {
    components: [],
    dependencies: [],
    errorPatterns: [],
    resources: [],
    blastRadius: nothing,
    timeline: [],
    remedies: [],
    evidence: [],
  };
  return { kind: "diagnosis", outcome: "incident", hypotheses, named: causes.length, picture, gaps: [] };
}
