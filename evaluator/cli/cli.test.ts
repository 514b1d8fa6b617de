import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

// A command takes half a second alone and five on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const START = join(import.meta.dirname, "start.mjs");
const EXAMPLE = join(import.meta.dirname, "..", "..", "reports", "example");
let home = "";
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "home-"));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
function run(args: readonly string[], env: Record<string, string> = {}): Ran {
  const state = { XDG_STATE_HOME: join(home, "state"), XDG_CACHE_HOME: join(home, "cache") };
  const ran = spawnSync(process.execPath, [START, ...args], {
    env: { ...process.env, ...state, ...env },
    timeout: 60_000,
  });
  return { code: ran.status, out: String(ran.stdout), err: String(ran.stderr) };
}

describe("the command line refuses with exit 2 and a hint", () => {
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["an unknown scenario, naming the nearest", ["scenario", "java-otel-spik"], /did you mean java-otel-spike/],
    ["an unknown flag", ["scenario", "baseline", "--sed", "3"], /Unknown argument: sed/],
    ["a seed that is no number", ["scenario", "baseline", "--seed", "x"], /--seed is a whole number/],
    ["an unknown agent", ["scenario", "baseline", "--agent", "nobody"], /one of: .*statistical/],
    [
      "an agent that is a program that there is not",
      ["replay", join(import.meta.dirname, "..", "..", "reports", "example"), "--agent", "command:no-such-program"],
      /no program no-such-program/,
    ],
    ["a ranking for an agent that has its own", ["scenario", "baseline", "--with-ranking"], /makes its own ranking/],
    [
      "no time for an agent",
      ["scenario", "baseline", "--agent", "command:node", "--agent-budget", "0"],
      /--agent-budget/,
    ],
    ["an unknown suite, naming the nearest scenario", ["suite", "baselin"], /did you mean baseline/],
    ["a suite with a seed that is no number", ["suite", "smoke", "--seeds", "1,x"], /--seeds are whole numbers/],
    [
      "a suite to go on with that there is not",
      ["suite", "smoke", "--resume", "--out", "/nowhere"],
      /no interrupted suite/,
    ],
    ["an unknown command, naming the nearest", ["scenari"], /Did you mean scenario/],
    ["no command", [], /name a command/],
    ["a recording that is none", ["replay", "/nowhere"], /is not a recording/],
    ["a host that is not this machine", ["traffic", "--app", "otel", "--base-url", "http://192.0.2.1"], /--allow-host/],
    ["an error rate that no app can give", ["traffic", "--error-rate", "0.9"], /--error-rate/],
    ["one address for four apps", ["traffic", "--base-url", "http://127.0.0.1:1"], /app=URL/],
    ["an unknown deed of chaos, naming the nearest", ["chaos", "injct"], /did you mean inject/],
    ["a file of services that there is not", ["apps", "nowhere.ts"], /there is no file .*nowhere\.ts/],
    ["a file that exports no services", ["apps", join(import.meta.dirname, "places.ts")], /foreign\(\{/],
    ["a gate on three runs a case", ["gate", "accept", "--repeats", "3", "--reason", "x", "--allow-dirty"], /too few/],
    ["a floor of what is not measured", ["gate", "--floor", "speed=1"], /--floor/],
    ["half a run", ["gate", "--repeats", "0.5"], /--repeats is a whole number/],
    ["a receiver that we have not", ["scenario", "baseline", "--otlp", "kafka"], /Choices/],
    ["a corpus that there is not", ["evaluate", "--corpus", "/nowhere"], /holds no recorded cases/],
    ["a shard that is none", ["evaluate", "--corpus", EXAMPLE, "--shard", "3/2"], /--shard is which of how many/],
    ["half a repeat", ["evaluate", "--corpus", EXAMPLE, "--repeats", "0.5"], /--repeats is a whole number/],
    ["results that are none", ["compare", "/nowhere", "/nowhere"], /holds no results/],
    ["shards that are none", ["merge", "/nowhere", "--out", "/nowhere/else"], /holds no results/],
  ];
  for (const [what, args, message] of cases)
    it(what, () => {
      const { code, err, out } = run(args);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(message);
      expect(err).toContain("hint:");
    });
});

describe("a machine that is not ready", () => {
  it("without a JDK and Go is told so with a fix, exit 3, and nothing is started", () => {
    const bin = mkdtempSync(join(home, "bin-"));
    symlinkSync(process.execPath, join(bin, "node"));
    const { code, err } = run(["scenario", "baseline"], { PATH: bin, JAVA_HOME: "" });
    expect(code).toBe(3);
    expect(err).toMatch(/JDK|java/i);
    expect(err).toContain("hint:");
  });
  it("is described line by line by the doctor, exit 3", () => {
    const bin = mkdtempSync(join(home, "bin-"));
    symlinkSync(process.execPath, join(bin, "node"));
    const { code, out } = run(["doctor"], { PATH: bin, JAVA_HOME: "" });
    expect(code).toBe(3);
    expect(out).toMatch(/MISSING +Go/);
    expect(out).toContain("fix:");
  });
  it("has no apps that something could be done to: chaos says how to start them, exit 3", () => {
    const { code, out, err } = run(["chaos", "inject", "crash-loop"]);
    expect([code, out]).toEqual([3, ""]);
    expect(err).toMatch(/npm run apps/);
    expect(run(["chaos", "status"])).toMatchObject({ code: 0, out: expect.stringContaining("injection: none") });
    expect(run(["chaos", "revert"])).toMatchObject({ code: 0, out: "nothing is injected\n" });
  });
  it("has apps that are not up: traffic says how to start them, exit 3", () => {
    const { code, err } = run(["traffic", "--app", "otel", "--base-url", "http://127.0.0.1:9", "--duration", "1"]);
    expect(code).toBe(3);
    expect(err).toMatch(/npm run apps/);
  });
});

describe("what goes to stdout", () => {
  it("is the list of scenarios, one a line", () => {
    const { code, out } = run(["scenario"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^java-otel-spike +\S/m);
  });
  it("of suites is a list too", () => {
    const { code, out } = run(["suite"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^smoke +java-otel-spike/m);
    expect(run(["suite", "--json"]).out).toMatch(/^\{"schema":1,"suites":\[/);
  });
  it("of chaos is the list of all kinds, with their places and parameters", () => {
    const { code, out } = run(["chaos", "list"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^edge-latency {2}\S.*\n {4}on any network path\n {4}--param delayMs=300 {2}\S/m);
    const { kinds } = JSON.parse(run(["chaos", "list", "--json"]).out);
    expect(kinds.map(({ kind }: { kind: string }) => kind)).toContain("store-lock");
  });
  it("of a simulated gate is a table, a line for each number of cases with and without confirming", () => {
    const { code, out } = run(["gate", "simulate", "--gates", "20"]);
    expect(code).toBe(0);
    expect(out.match(/^\| \d+, /gm)).toHaveLength(6);
  });
  it("is exactly one JSON document when asked for", () => {
    const { code, out } = run(["scenario", "--json"]);
    expect([code, JSON.parse(out).schema]).toEqual([0, 1]);
  });
  it("of traffic holds the seed, asked and achieved rate, and errors as answered", async () => {
    const server = createServer((_, response) => response.end("{}")).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    const summary = join(home, "summary.json");
    const args = ["traffic", "--app", "otel", "--base-url", `http://127.0.0.1:${port}`, "--duration", "2"];
    const { spawn } = await import("node:child_process");
    const child = spawn(process.execPath, [START, ...args, "--rps", "50", "--seed", "5", "--json", "--out", summary]);
    let out = "";
    child.stdout.on("data", (chunk) => {
      out += String(chunk);
    });
    const code = await new Promise((resolve) => child.once("exit", resolve));
    server.close();
    server.closeAllConnections();
    expect([code, JSON.parse(out)]).toMatchObject([0, { schema: 1, seed: 5, valid: true, errorShare: 0 }]);
    const { readFileSync } = await import("node:fs");
    expect(JSON.parse(readFileSync(summary, "utf8")).metrics.http_reqs.count).toBe(JSON.parse(out).sent);
  });
});
