import { join } from "node:path";
import type { Agent } from "../../../agent/agent.ts";
import type { Evidence } from "../../../agent/investigation.ts";
import { fromOtlpJson } from "../../../agent/sources/otlp-codec.ts";
import { openIntake } from "../../intake.ts";
import type { InjectedFault } from "../../run.ts";
import { secretsOf } from "../../secrets.ts";
import { alarm, diagnosis, incident, sampleRun, T0 } from "../../testing/sample-trial.ts";

/** Real recordings, small ones: of an incident a single span that failed, of a control nothing. */
export async function record(corpus: string, incidents: number, controls: number, invalid = 0): Promise<void> {
  for (let i = 0; i < incidents + controls; i++) await recordOne(corpus, i, i < incidents, i < invalid);
}

const secrets = secretsOf("noisy-neighbour", { title: "A neighbour is noisy", phases: [] as never });
const quiet = { harmAt: null, inForceAt: null, revertingAt: null, revertedAt: null };

async function recordOne(corpus: string, i: number, happens: boolean, invalid: boolean): Promise<void> {
  const id = `case${String(i).padStart(4, "0")}`;
  const intake = await openIntake(join(corpus, "incidents", id), secrets);
  if (happens) intake.accept(failedSpan, T0 + 186_000);
  await intake.close();
  const own = { id, case: id, seed: i, scenario: `s${i}` };
  const run = happens ? sampleRun({ ...own, faults: [fault(i, invalid)] }) : sampleRun({ ...own, ...quiet });
  const truth = happens ? incident("a", "code-error") : ({ incident: false } as const);
  await intake.finish({ run, truth }, { start: T0, end: T0 + 300_000 }, []);
}

const failedSpan = fromOtlpJson("traces", {
  resourceSpans: [
    {
      resource: { attributes: [{ key: "service.name", value: { stringValue: "a" } }] },
      scopeSpans: [
        { spans: [{ traceId: "ab".repeat(16), spanId: "cd".repeat(8), name: "GET /", status: { code: 2 } }] },
      ],
    },
  ],
});

/** Of a kind of its own, so that each case is a cluster of its own. */
export function fault(i: number, invalid = false): InjectedFault {
  return {
    kind: `kind-${i}`,
    on: "a",
    params: {},
    trigger: "infra",
    requestedAt: T0 + 179_000,
    effective: { notBefore: T0 + 180_000, notAfter: T0 + 180_000 },
    impact: { mechanism: !invalid, users: true, evidence: [] },
    doses: [],
    reverted: "restored",
  };
}

const failed: Evidence = {
  id: "failed",
  component: "a",
  signal: "errors",
  claim: "a request failed",
  direction: "present",
  query: { ask: "spans", component: "a", failed: true },
};

/** Finds what these recordings hold: five seconds after a span it cries, and it names the right one of two. */
export const attentive: Agent = {
  name: "attentive",
  async *investigate(_brief, telemetry, ticks) {
    let since: number | undefined;
    for await (const now of ticks) {
      if (since === undefined && telemetry.spans({}).length > 0) since = now;
      if (since === undefined || now - since !== 4_000) continue;
      const { at: _, thinking: __, ...cry } = alarm(0);
      yield cry;
      const { at: ___, thinking: ____, ...said } = diagnosis(0, 1, ["a", "code-error", 0.9], ["b", "cpu", 0.3]);
      yield { ...said, hypotheses: said.hypotheses.map((one) => ({ ...one, evidence: [failed] })) };
    }
  },
};
