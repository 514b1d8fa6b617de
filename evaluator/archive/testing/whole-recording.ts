import { join } from "node:path";
import { fromOtlpJson } from "../../../agent/sources/otlp-codec.ts";
import { openIntake } from "../../intake.ts";
import { changeOf, objectOf } from "../../platform.ts";
import { secretsOf } from "../../secrets.ts";
import { incident, sampleRun, T0 } from "../../testing/sample-trial.ts";

const span = fromOtlpJson("traces", {
  resourceSpans: [
    {
      resource: { attributes: [{ key: "service.name", value: { stringValue: "a" } }] },
      scopeSpans: [{ spans: [{ traceId: "ab".repeat(16), spanId: "cd".repeat(8), name: "GET /" }] }],
    },
  ],
});
const secrets = secretsOf("noisy-neighbour", { title: "A neighbour is noisy", phases: [] as never });

/** A real recording of five minutes with something in every kind of file; returns its directory. */
export async function wholeRecording(corpus: string, id: string): Promise<string> {
  const directory = join(corpus, "incidents", id);
  const intake = await openIntake(directory, secrets);
  intake.accept(span, T0 + 186_000);
  intake.accept(span, T0 + 187_000);
  intake.object(objectOf({ at: T0 + 1_000, service: "store", instance: "store-1", reason: "started" }, T0 + 1_100));
  const release = {
    id: "c1",
    at: T0 + 2_000,
    service: "store",
    kind: "deploy",
    summary: "release 2",
    status: "succeeded",
  } as const;
  intake.change(changeOf(release, T0 + 2_100));
  await intake.close();
  const run = sampleRun({ id, case: id });
  await intake.finish({ run, truth: incident("a", "code-error") }, { start: T0, end: T0 + 300_000 }, []);
  return directory;
}
