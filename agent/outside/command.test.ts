import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import alerting from "../agents/alerting.ts";
import { watchRecording } from "../engine/testing/drill.ts";
import { type Recording, viewOf } from "../engine/testing/memory.ts";
import { play } from "../engine/testing/play.ts";
import type { Diagnosis, Stamped } from "../investigation.ts";
import { type CommandOptions, commandAgent } from "./command.ts";

// A whole drill takes a second alone and ten on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let recording: Recording;
beforeAll(() => {
  vi.stubEnv("TMPDIR", mkdtempSync(join(tmpdir(), "commands-")));
  ({ recording } = play({ seed: 2, trouble: { down: "stock" }, watch: 60, recovery: 1 }));
});
afterAll(() => {
  rmSync(tmpdir(), { recursive: true });
  vi.unstubAllEnvs();
});
const options: CommandOptions = {
  name: "command:x",
  program: process.execPath,
  args: [],
  environment: {},
  budget: 20_000,
  wait: 20_000,
  withRanking: false,
};
const node = (script: string, more: Partial<CommandOptions> = {}) =>
  commandAgent({ ...options, args: ["--input-type=module", "-e", script], ...more });
/** Gives back as evidence what it was asked and what it found at the endpoint and around it. */
const MIRROR = `
import { readdirSync } from "node:fs";
let text = "";
for await (const chunk of process.stdin) text += chunk;
const page = JSON.parse(text);
const headers = { authorization: "Bearer " + page.endpoint.token };
const ask = async (path) => (await fetch(page.endpoint.url + path, { headers })).json();
await new Promise((resolve) => setTimeout(resolve, 50));
const { answer, causes, endpoint, ...told } = page;
const seen = {
  told,
  now: (await ask("/")).now,
  tools: (await ask("/")).tools.map(({ name }) => name),
  services: (await ask("/tools/services")).rows.length,
  files: readdirSync("."),
  names: Object.keys(process.env).sort(),
  home: process.env.HOME === process.cwd(),
};
const hypotheses = [{ component: page.alert.component, confidence: 0.5, evidence: JSON.stringify(seen).match(/.{1,1900}/g) }];
console.log(JSON.stringify({ hypotheses, named: 1 }));
`;
const diagnosisIn = (findings: readonly Stamped[]) =>
  findings.find((one): one is Stamped<Diagnosis> => one.kind === "diagnosis");
/** What is left of the directories that commands ran in. */
const left = () => readdirSync(tmpdir());

describe("a command as an agent", () => {
  it("is asked once an alarm, when time stands still, and sees the telemetry and nothing else", async () => {
    const findings = await watchRecording(node(MIRROR, { environment: { LANG: "C" } }), recording);
    const alarms = (await watchRecording(alerting, recording)).filter(({ kind }) => kind === "alarm");
    expect(findings.filter(({ kind }) => kind === "alarm")).toEqual(alarms);
    const raisedAt = alarms[0]?.at ?? 0;
    expect(findings.map(({ kind, at }) => [kind, at])).toEqual([
      ["alarm", raisedAt],
      ["diagnosis", raisedAt + 20_000],
    ]);
    const seen = JSON.parse((diagnosisIn(findings)?.hypotheses[0]?.evidence ?? []).map(({ claim }) => claim).join(""));
    expect(seen).toMatchObject({
      told: { schema: 1, now: raisedAt + 20_000, budgetMs: 20_000, alert: { firedAt: raisedAt } },
      now: raisedAt + 20_000,
      files: [],
      home: true,
    });
    expect(seen.told.ranking).toBeUndefined();
    expect(seen.tools).toContain("sql");
    expect(seen.services).toBeGreaterThan(3);
    expect(seen.names.filter((name: string) => !name.startsWith("__"))).toEqual(["HOME", "LANG", "TMPDIR"]);
    expect(left()).toEqual([]);
  });

  it("is offered the ranking when it is to be, and its name says so", async () => {
    const script = `let text = ""; for await (const chunk of process.stdin) text += chunk;
const { ranking: [{ component, cause, confidence }] } = JSON.parse(text);
console.log(JSON.stringify({ hypotheses: [{ component, cause, confidence }], named: 1 }));`;
    const agent = node(script, { withRanking: true });
    expect(agent.name).toBe("command:x (with ranking)");
    const findings = await watchRecording(agent, recording);
    expect(diagnosisIn(findings)?.hypotheses).toMatchObject([{ component: "go-otel-sample-app" }]);
  });

  it.each([
    ["says what is no answer", node("console.log('gremlins')"), /not one JSON document: it begins with "gremlins/],
    ["fails", node("process.exit(7)"), /exit code 7/],
    ["hangs", node("setInterval(() => {}, 1000)", { budget: 400 }), /no answer within 0\.4 s/],
  ])("that %s ends with an error that says so", async (_, agent, why) => {
    await expect(watchRecording(agent, recording)).rejects.toThrow(why);
    expect(left()).toEqual([]);
  });

  it("is ended by an abort", async () => {
    const stop = new AbortController();
    let now = recording.from;
    let raisedAt = 0;
    async function* ticks() {
      for (now = recording.from; now <= recording.to; now += 1_000) {
        if (now === raisedAt + 20_000) setTimeout(() => stop.abort(new Error("enough")), 500);
        yield now;
      }
    }
    const agent = node("setInterval(() => {}, 1000)");
    const view = viewOf(recording, () => now);
    const watching = async () => {
      for await (const finding of agent.investigate({ budget: 0, random: () => 0 }, view, ticks(), stop.signal))
        if (finding.kind === "alarm") raisedAt = now;
    };
    await expect(watching()).rejects.toThrow("enough");
  });
});
