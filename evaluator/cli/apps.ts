import { once } from "node:events";
import { closeJournal, createJournal } from "../../generator/faults/journal.ts";
import { startReaper } from "../../generator/faults/reaper.ts";
import { refuseIfOpen } from "../../generator/faults/recover.ts";
import { local } from "../../generator/targets/local.ts";
import type { AppId, RunningTarget, TelemetryEndpoint } from "../../generator/targets/target.ts";
import { runId } from "../names.ts";
import type { Command } from "./command.ts";
import { buildCache, stateDirectory } from "./places.ts";

const PORTS: Readonly<Record<AppId, number>> = {
  "otel-sample-app": 8080,
  "java-otel-sample-app": 8081,
  "go-otel-sample-app": 8090,
  "sample-metrics-app": 8000,
};

export default {
  command: "apps",
  describe: "run the four sample apps on ports 8080, 8081, 8090 and 8000 until Ctrl-C",
  builder: (yargs) =>
    yargs
      .option("otlp", {
        type: "string",
        describe: "send their telemetry to this OTLP/HTTP endpoint; else they send none",
      })
      .example("$0 apps", "then, in another terminal: npm run traffic -- --app all"),
  async handler(argv, signal) {
    const { otlp } = argv as { otlp?: string };
    const say = (line: string): void => void process.stderr.write(`${line}\n`);
    const state = stateDirectory();
    await refuseIfOpen(state);
    await using stack = new AsyncDisposableStack();
    const journal = await createJournal(state, runId(new Date(), "apps", 0), local.name);
    stack.use(await startReaper(journal));
    stack.defer(() => closeJournal(journal));
    const telemetry: TelemetryEndpoint | undefined = otlp ? { url: otlp, protocol: "http/protobuf" } : undefined;
    const target = stack.use(
      await local.start(
        {
          ...(telemetry ? { telemetry } : {}),
          random: Math.random,
          ports: PORTS,
          cache: buildCache(),
          own: (processes, runDirectory) => journal.append({ kind: "owns", processes: [...processes], runDirectory }),
          progress: say,
        },
        signal,
      ),
    );
    process.stdout.write(`${addresses(target)}\nCtrl-C ends them\n`);
    await Promise.race([once(signal, "abort"), target.failure]);
    return 0;
  },
} satisfies Command;

function addresses({ fronts }: RunningTarget): string {
  return [...fronts].map(([app, url]) => `${app.padEnd(22)} ${url.origin}`).join("\n");
}
