import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { HarnessError } from "../../generator/harness-error.ts";
import { SCHEMA, writeManifest } from "../archive/manifest.ts";
import { seal } from "../archive/sealed.ts";
import { RecordingWriter } from "../archive/writer.ts";
import { caseId } from "../names.ts";
import type { DrivenPhase, LoadFigures, Run } from "../run.ts";
import { commit, VERSION } from "../version.ts";
import type { ForeignCase, Importer } from "./importer.ts";
import { ARRIVALS } from "./requests.ts";

/** Nobody measured it; JSON has null for it. */
const UNKNOWN = Number.NaN;
const NO_LOAD: LoadFigures = {
  offered: UNKNOWN,
  achieved: UNKNOWN,
  dropped: UNKNOWN,
  p50: UNKNOWN,
  p95: UNKNOWN,
  p99: UNKNOWN,
  errorShare: UNKNOWN,
  slip: UNKNOWN,
};

/** What was written of one case: its opaque id, and what its data set calls it, which is for the truth's eyes only. */
export interface Imported {
  readonly id: string;
  readonly name: string;
}

/** Writes all cases of a folder as a corpus, `<out>/incidents/<id>` and `<out>/truth/<id>.json`, and tells of each. */
export async function* importAll(
  importer: Importer,
  from: string,
  out: string,
  signal: AbortSignal,
): AsyncGenerator<Imported> {
  const there = await readdir(join(out, "incidents")).catch((): string[] => []);
  if (there.length > 0)
    throw new HarnessError(`${out} holds recorded cases already`, { hint: "give a new folder to --out", exitCode: 2 });
  for await (const one of importer.read(from, signal)) {
    signal.throwIfAborted();
    yield { id: await writeCase(out, importer.name, one), name: one.name };
  }
}

async function writeCase(out: string, format: string, one: ForeignCase): Promise<string> {
  const id = caseId();
  const directory = join(out, "incidents", id);
  const writer = await RecordingWriter.open(directory);
  for (const { request, arrival } of [...one.requests].sort((a, b) => a.arrival - b.arrival))
    writer.request(request, arrival);
  if (one.edges) writer.topology(one.edges);
  const files = await writer.end();
  const run = runOf(id, format, one);
  await writeManifest(directory, {
    schemaVersion: SCHEMA,
    id,
    system: one.system,
    recorder: { name: `firedrill dataset import ${format}`, version: VERSION, commit: await commit() },
    licence: one.licence,
    createdAt: Date.now(),
    clock: { tz: "UTC", ...one.clock },
    arrivals: ARRIVALS,
    notes: [...one.notes],
    load: { everyMs: one.clock.tickMs, rps: [] },
    inventory: { components: [...one.components] },
    truthCommitment: await seal(join(out, "truth"), { run, truth: one.truth }),
    files,
  });
  return id;
}

/** A public case as a run. Its one published instant stands for injection and onset: users were not measured. */
function runOf(id: string, format: string, { name, clock, components, fault }: ForeignCase): Run {
  const { start, end } = clock;
  const { kind, on, params, from, until } = fault;
  return {
    id,
    case: id,
    scenario: `${format} ${name}`,
    title: `${kind} on ${on}`,
    seed: 0,
    mode: "watch",
    startedAt: start,
    endedAt: end,
    phases: phasesOf(start, from, until ?? end, end),
    faults: [
      {
        kind,
        on,
        params,
        trigger: "infra",
        requestedAt: from,
        effective: { notBefore: from, notAfter: from },
        impact: null,
        doses: [],
        reverted: null,
      },
    ],
    inForceAt: from,
    harmAt: from,
    revertingAt: until,
    revertedAt: until,
    recoveredAt: null,
    users: {},
    normal: {},
    load: { all: NO_LOAD, incident: null, phases: [], apps: {} },
    health: { spanShare: {}, refusedBatches: 0, redactions: 0, leaks: 0, idleCpu: UNKNOWN, residue: [] },
    components,
    imported: { format, name },
    stopped: null,
  };
}

function phasesOf(start: number, from: number, until: number, end: number): DrivenPhase[] {
  const phases: DrivenPhase[] = [
    { name: "before", kind: "steady", from: start, to: from, rps: {} },
    { name: "watch", kind: "watch", from, to: until, rps: {} },
    { name: "after", kind: "recovery", from: until, to: end, rps: {} },
  ];
  return phases.filter((phase) => phase.to > phase.from);
}
