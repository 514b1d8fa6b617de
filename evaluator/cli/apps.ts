import { once } from "node:events";
import { closeJournal, createJournal } from "../../generator/faults/journal.ts";
import { startReaper } from "../../generator/faults/reaper.ts";
import { refuseIfOpen } from "../../generator/faults/recover.ts";
import { local } from "../../generator/targets/local.ts";
import { identify } from "../../generator/targets/process-identity.ts";
import type { AppId, RunningTarget, StartOptions } from "../../generator/targets/target.ts";
import { allReleases } from "../chaos/kinds.ts";
import { type Publication, publish } from "../chaos/publish.ts";
import { loadTarget } from "../chaos/target-file.ts";
import { runId } from "../names.ts";
import type { Command } from "./command.ts";
import { buildCache, stateDirectory } from "./places.ts";

const PORTS: Readonly<Record<AppId, number>> = {
  "otel-sample-app": 8080,
  "java-otel-sample-app": 8081,
  "go-otel-sample-app": 8090,
  "sample-metrics-app": 8000,
};

interface Options {
  readonly target?: string;
  readonly otlp?: string;
  readonly releases: "all" | "none";
}

export default {
  command: "apps [target]",
  describe: "run the four sample apps on ports 8080, 8081, 8090 and 8000, or services of your own, until Ctrl-C",
  builder: (yargs) =>
    yargs
      .positional("target", {
        type: "string",
        describe: "a file whose default export is foreign({...}); see ADDING.md",
      })
      .option("otlp", {
        type: "string",
        describe: "send their telemetry to this OTLP/HTTP endpoint; else they send none",
      })
      .option("releases", {
        choices: ["all", "none"] as const,
        default: "all" as const,
        describe: "make the builds that npm run chaos rolls out, on first use; none: only those that run",
      })
      .example("$0 apps", "then, in another terminal: npm run traffic -- --app all"),
  async handler(argv, signal) {
    const { target: file, otlp, releases: wanted } = argv as unknown as Options;
    const say = (line: string): void => void process.stderr.write(`${line}\n`);
    const state = stateDirectory();
    const target = file === undefined ? local : await loadTarget(file);
    const releases = file === undefined && wanted === "all" ? allReleases() : [];
    await refuseIfOpen(state);
    await using stack = new AsyncDisposableStack();
    const run = runId(new Date(), "apps", 0);
    const journal = await createJournal(state, run, target.name);
    stack.use(await startReaper(journal));
    stack.defer(() => closeJournal(journal));
    let published: Publication | undefined;
    const options: StartOptions = {
      ...(otlp !== undefined && { telemetry: { url: otlp, protocol: "http/protobuf" } }),
      ...{ random: Math.random, ports: PORTS, releases, cache: buildCache(), progress: say },
      async own(processes, runDirectory) {
        await journal.append({ kind: "owns", processes: [...processes], runDirectory });
        published?.update();
      },
    };
    const running = stack.use(await target.start(options, signal));
    const harness = await identify(process.pid, "apps");
    published = stack.use(publish({ state, run, name: target.name, harness, releases }, running));
    process.stdout.write(`${addresses(running)}\nCtrl-C ends them\n`);
    await Promise.race([once(signal, "abort"), running.failure]);
    return 0;
  },
} satisfies Command;

function addresses({ fronts }: RunningTarget): string {
  return [...fronts].map(([app, url]) => `${app.padEnd(22)} ${url.origin}`).join("\n");
}
