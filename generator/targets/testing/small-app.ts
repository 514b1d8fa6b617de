import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Deployment, type DeploymentParts } from "../deployment.ts";
import { EventLog } from "../event-log.ts";
import { Instances, type Place } from "../instances.ts";
import { Ownership } from "../ownership.ts";
import { freePorts } from "../ports.ts";
import type { OwnedProcess, PlatformEvent } from "../target.ts";

export const APP = "go-otel-sample-app";
/** What a release is, as a program: it answers with its settings, comes late, or dies at its start. */
const PROGRAMS: Readonly<Record<string, string>> = {
  base: "serve()",
  quiet: "serve()",
  late: "setTimeout(serve, 1500)",
  boot: "process.exit(1)",
};
const SERVE = `function serve() {
  require('http').createServer((q, r) => r.end(process.env.COLOUR)).listen(Number(process.env.PORT), '127.0.0.1');
}
process.on('SIGTERM', () => process.exit(0));`;

/** An app of real but very small processes, and all that it does to its surroundings. */
export interface SmallApp extends AsyncDisposable {
  readonly app: Deployment;
  /** What the journal was told, each time. */
  readonly told: (readonly OwnedProcess[])[];
  readonly announced: ({ id: string } & Parameters<DeploymentParts["announce"]>[1])[];
  /** Ports to which users were led, and that were warmed up. */
  readonly leads: number[];
  readonly warmed: number[];
  readonly failures: unknown[];
  /** What the platform has said, as `instance reason`; it says no more then. */
  events(): Promise<string[]>;
}

/** Started as release `base`, version 1.0.0, with `COLOUR=red`. */
export async function smallApp(): Promise<SmallApp> {
  const root = await mkdtemp(join(tmpdir(), "app-"));
  const seen = {
    told: [] as OwnedProcess[][],
    announced: [] as SmallApp["announced"],
    leads: [] as number[],
    warmed: [] as number[],
    failures: [] as unknown[],
  };
  const platform = new EventLog<PlatformEvent>();
  const fail = (error: unknown): void => void seen.failures.push(error);
  const [port1 = 0, port2 = 0] = await freePorts(2);
  let starts = 0;
  const instances = new Instances({
    app: APP,
    places: [placeIn(root, "stock-1", port1), placeIn(root, "stock-2", port2)],
    async plan({ release, settings }, { directory, port }) {
      await mkdir(directory, { recursive: true });
      const environment = { PORT: String(port), COLOUR: "red", ...settings };
      const args = ["-e", `${SERVE}${PROGRAMS[release]}`];
      const command = { command: process.execPath, args, cwd: directory, env: environment };
      return { environment, next: () => ({ command, instance: `i${starts++}` }) };
    },
    paths: { lead: async (port) => void seen.leads.push(port), vacated: async () => true },
    warmUp: async (port) => void seen.warmed.push(port),
    ownership: new Ownership(root, async (processes) => void seen.told.push([...processes])),
    ...{ platform, fail },
  });
  let [versions, changes] = [1, 0];
  const app = new Deployment({
    instances,
    first: { release: "base", version: "1.0.0", settings: {} },
    releases: Object.keys(PROGRAMS),
    version: () => `1.${versions++}.0`,
    changeId: () => `c${changes++}`,
    announce: (id, change) => void seen.announced.push({ id, ...change }),
    fail,
  });
  await app.start(AbortSignal.timeout(5_000));
  return {
    ...{ app, ...seen },
    async events() {
      platform.end();
      const said: string[] = [];
      for await (const { instance, reason } of platform.read(AbortSignal.timeout(1_000)))
        said.push(`${instance} ${reason}`);
      return said;
    },
    async [Symbol.asyncDispose]() {
      await app.stop();
      await rm(root, { recursive: true });
    },
  };
}

function placeIn(root: string, name: string, port: number): Place {
  const directory = join(root, name);
  return { name, directory, socket: `${directory}.sock`, log: join(root, `${name}.log`), port, sparePort: 0 };
}
