import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { has } from "../../generator/faults/journal-record.ts";
import { openJournals } from "../../generator/faults/recover.ts";
import type { Terminal } from "../testing/terminal.ts";
import { openInjections, recordsOf } from "./injections.ts";
import { readRunFile } from "./run-file.ts";
import type { Status } from "./status.ts";
import { checkout } from "./testing/checkout.ts";

const SERVER = `import { createServer } from "node:http";
createServer((_, response) => response.end("ok")).listen(process.env.PORT, "127.0.0.1");
`;
const TARGET = `import { foreign } from "../generator/targets/foreign.ts";
export default foreign({
  name: "shop",
  services: [{ name: "till", command: [process.execPath, "till.mjs"], directory: import.meta.dirname }],
});
`;
const SLOW = "npm run -s chaos -- inject edge-latency --on 'front->till' --param delayMs=300 --ttl 2m";

const on = checkout();
const { state } = on;
let apps: Terminal;
let url = "";

/** What one command says, and its exit code. */
async function typed(line: string): Promise<{ code: number | string; said: string }> {
  const one = on.open(line);
  return { code: await one.ended(), said: one.said() };
}
const status = async (): Promise<Status> => JSON.parse((await typed("npm run -s chaos -- status --json")).said);
/** Milliseconds that a user waits. */
async function waits(): Promise<number> {
  const from = performance.now();
  await (await fetch(url)).text();
  return performance.now() - from;
}
/** Users who ask all the time, so that a path has something to be slow with. */
function users(): Disposable {
  const timer = setInterval(() => void fetch(url).catch(() => undefined), 50);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
async function slow(): Promise<Terminal> {
  using _ = users();
  const one = on.open(SLOW);
  await one.saw("in force since");
  expect(await waits()).toBeGreaterThan(250);
  return one;
}
/** Waits until nothing is injected any more, and users do not wait; ms since `from`. */
async function over(from: number, limit: number): Promise<number> {
  while ((await openInjections(state)).length > 0 || (await waits()) > 150) {
    if (performance.now() - from > limit) throw new Error(`not over after ${limit} ms`);
    await sleep(50);
  }
  return performance.now() - from;
}

beforeAll(async () => {
  writeFileSync(join(on.path, "my", "till.mjs"), SERVER);
  writeFileSync(join(on.path, "my", "shop.ts"), TARGET);
  apps = on.open("npm run -s apps -- my/shop.ts");
  await apps.saw("Ctrl-C ends them");
  url = String(readRunFile(state)?.fronts["till"]);
});
afterAll(() => on[Symbol.asyncDispose]());

describe("while apps run", { timeout: 60_000 }, () => {
  it("no drill starts, no second apps, and recover leaves them alone, saying so", async () => {
    expect(await typed("npm run -s scenario baseline")).toMatchObject({
      code: 3,
      said: expect.stringContaining("Another drill is running"),
    });
    expect((await typed("npm run -s apps -- my/shop.ts")).code).toBe(3);
    expect(await typed("npm run -s recover")).toMatchObject({
      code: 0,
      said: expect.stringMatching(/-apps-0: still running as process \d+; left alone/),
    });
    expect(await waits()).toBeLessThan(150);
  });

  it("a dry run says what it would write, and writes nothing", async () => {
    const before = readdirSync(join(state, "runs"));
    const { code, said } = await typed(`${SLOW} --dry-run`);
    expect([code, said]).toEqual([0, expect.stringMatching(/"delay":300.*undone by/)]);
    expect((await typed(`${SLOW} --dry-run --json`)).said).toMatch(/^\{"schema":1,"dryRun":true,.*"writes":\[\{/);
    expect(readdirSync(join(state, "runs"))).toEqual(before);
    expect((await status()).injection).toBeNull();
    expect(await waits()).toBeLessThan(150);
  });

  it("one is held at a time: a second is refused with the first one's id, and a revert from elsewhere ends it", async () => {
    const first = await slow();
    const { apps: run, injection } = await status();
    expect(run?.services).toMatchObject({ till: { ready: true, restarts: 0 } });
    expect(injection).toMatchObject({
      kind: "edge-latency",
      on: "front->till",
      meters: { "edge.shaped": expect.any(Number) },
    });
    expect(injection?.ttlLeftMs).toBeGreaterThan(60_000);
    const second = await typed("npm run -s chaos -- inject process-kill --ttl 5s");
    expect([second.code, second.said]).toEqual([3, expect.stringContaining(String(injection?.id))]);
    const wrong = await typed(`npm run -s chaos -- revert ${injection?.id}x`);
    expect([wrong.code, wrong.said]).toEqual([2, expect.stringContaining(`did you mean ${injection?.id}`)]);
    const revert = await typed(`npm run -s chaos -- revert ${injection?.id} --json`);
    expect(JSON.parse(revert.said)).toMatchObject({ id: injection?.id, outcomes: [{ outcome: "restored" }] });
    expect(await first.ended()).toBe(0);
    expect(await waits()).toBeLessThan(150);
    expect(await typed("npm run -s chaos -- revert")).toEqual({ code: 0, said: "nothing is injected\n" });
    expect((await typed(`npm run -s chaos -- revert ${injection?.id}`)).said).toContain("put back");
  });

  it("Ctrl-C takes it back", async () => {
    const one = await slow();
    one.press("SIGINT");
    expect(await one.ended()).toBe(130);
    expect(await waits()).toBeLessThan(150);
  });

  it("kill -9 is taken back within 10 s, and the apps run on", async () => {
    const one = await slow();
    const from = performance.now();
    one.press("SIGKILL");
    expect(await over(from, 10_000)).toBeLessThan(10_000);
    expect((await status()).apps?.services).toMatchObject({ till: { ready: true, restarts: 0 } });
  });

  it("what hangs is taken back within 20 s, and must not write any more", async () => {
    const one = await slow();
    const from = performance.now();
    one.press("SIGSTOP");
    expect(await over(from, 20_000)).toBeLessThan(20_000);
    one.press("SIGCONT");
    one.press("SIGINT");
    await one.ended();
    expect((await status()).apps?.services).toMatchObject({ till: { ready: true } });
  });

  it("what dies with its reaper is taken back by recover, which leaves the apps alone", async () => {
    const one = await slow();
    const [{ file } = { file: "" }] = await openInjections(state);
    process.kill(reaperOf(file), "SIGKILL");
    one.press("SIGKILL");
    await one.ended();
    expect(await waits()).toBeGreaterThan(250);
    const { code, said } = await typed("npm run -s recover");
    expect([code, said]).toEqual([0, expect.stringMatching(/chaos-\w+: front->till: restored[\s\S]*left alone/)]);
    expect(await waits()).toBeLessThan(150);
    expect(has(await recordsOf(file), "closed")).toBe(true);
  });

  it("an injection ends with the apps, and finds none afterwards", async () => {
    const one = await slow();
    apps.press("SIGINT");
    expect(await apps.ended()).toBe(130);
    expect(await one.ended()).toBe(0);
    expect(one.said()).toContain("the apps have ended");
    expect(await openJournals(state)).toEqual([]);
    expect(await typed(SLOW)).toMatchObject({ code: 3, said: expect.stringContaining("npm run apps") });
  });
});

/** The process that would take a run back, by the journal that it was started with. */
function reaperOf(file: string): number {
  const { stdout } = spawnSync("pgrep", ["-f", `reaper-process.ts ${file}`]);
  return Number(String(stdout).trim().split("\n")[0]);
}
