import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import type { Agent } from "../../agent/agent.ts";
import type { Stamped } from "../../agent/investigation.ts";
import type { Instant } from "../../agent/telemetry/model.ts";
import { openStore, type Store } from "../../agent/telemetry/store.ts";
import { type ExitCode, HarnessError } from "../../generator/harness-error.ts";
import { loadAgent } from "../agents.ts";
import type { Manifest } from "../archive/manifest.ts";
import { readRecording } from "../archive/reader.ts";
import { briefOf } from "../brief.ts";
import { blinded } from "../gate/blinded.ts";
import { lying } from "../gate/lying.ts";
import { repeated } from "../gate/repeated.ts";
import { claimsIn } from "../grounds/claims.ts";
import { type Thoughts, think } from "../think.ts";
import { recordedTicks } from "../ticks.ts";
import type { Job, Origin } from "./away.ts";
import { monotonic } from "./monotonic.ts";

/** What a thread is told, and what it tells. */
export type Asked = { readonly kind: "job"; readonly job: Job } | { readonly kind: "stop" };
export type Told =
  /** The recording is read; from here on it is the agent's doing. */
  | { readonly kind: "begun" }
  | { readonly kind: "heard"; readonly finding: Stamped }
  | ({ readonly kind: "done" } & Omit<Thoughts, "findings">)
  | { readonly kind: "refused"; readonly message: string; readonly hint: string; readonly exitCode: ExitCode };

/** Since when the agent has the floor, for who watches from outside; 0 when it has not. */
const since = new BigInt64Array((workerData as { readonly since: SharedArrayBuffer }).since);
const hold = (held: boolean): void => void Atomics.store(since, 0, held ? monotonic() : 0n);
const stop = new AbortController();
/** The recording that was read last: the next job is often about it too. */
let open: { readonly directory: string; readonly store: Store; readonly clock: Manifest["clock"] } | undefined;

const tell = (told: Told): void => parentPort?.postMessage(told);

parentPort?.on("message", (asked: Asked) => {
  if (asked.kind === "job") return void work(asked.job);
  stop.abort();
  parentPort?.close();
});

async function work(job: Job): Promise<void> {
  try {
    tell(await done(job));
  } catch (error) {
    if (stop.signal.aborted) return;
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const defect = { message: told, hint: "this is a defect of Firedrill", exitCode: 1 } as const;
    const { message, hint, exitCode } = error instanceof HarnessError ? error : defect;
    tell({ kind: "refused", message, hint, exitCode });
  }
}

async function done(job: Job): Promise<Told> {
  const agent = dressed(await loaded(job.origin), job);
  const { store, clock } = await opened(job.directory);
  tell({ kind: "begun" });
  const ticks = watched(recordedTicks(clock.start, clock.end, clock.tickMs));
  const ear = { heard: (finding: Stamped) => tell({ kind: "heard", finding }) };
  try {
    hold(true);
    const brief = briefOf(job, job.repeat);
    const { findings, crashed, thinking } = await think(agent, brief, store.view, ticks, stop.signal, ear, job.limits);
    hold(false);
    const claims = job.claims ? { claims: claimsIn(findings, (at) => store.view(() => at)) } : {};
    return { kind: "done", crashed, thinking, ...claims };
  } finally {
    hold(false);
  }
}

async function loaded(origin: Origin): Promise<Agent> {
  if (origin.kind === "named") return loadAgent(origin.name, origin.outside);
  const module = (await import(origin.file)) as Readonly<Record<string, Agent | undefined>>;
  const agent = module[origin.name];
  if (agent) return agent;
  throw new HarnessError(`${origin.file} has no agent ${origin.name}`, { hint: "name an export of it", exitCode: 2 });
}

function dressed(agent: Agent, { chance, blinded: isBlinded, lying: isLying }: Job): Agent {
  const own = repeated(agent, chance);
  const seeing = isBlinded ? blinded(own) : own;
  return isLying ? lying(seeing) : seeing;
}

async function opened(directory: string): Promise<NonNullable<typeof open>> {
  if (open?.directory === join(directory)) return open;
  open = undefined;
  const { manifest, pour } = await readRecording(directory);
  const store = openStore();
  await pour(store);
  open = { directory: join(directory), store, clock: manifest.clock };
  return open;
}

/** Says when the agent has a tick, and when it has come back for the next one. */
async function* watched(ticks: AsyncIterable<Instant>): AsyncGenerator<Instant> {
  for await (const tick of ticks) {
    hold(true);
    yield tick;
    hold(false);
  }
  hold(true);
}
