import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { identify } from "../generator/targets/process-identity.ts";
import type { OwnedProcess } from "../generator/targets/target.ts";
import { overhear, processLeaks } from "./process-leaks.ts";
import { secretsOf } from "./secrets.ts";

const secrets = secretsOf("noisy-neighbour", { title: "A neighbour is noisy", phases: [] as never });
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** A process that waits, under the name of an app unless said otherwise. */
async function running(
  args: readonly string[],
  env: Record<string, string>,
  what = "go-otel-sample-app",
): Promise<OwnedProcess> {
  const child = spawn(process.execPath, ["-e", "setInterval(() => undefined, 1e6)", "--", ...args], {
    env,
    stdio: "ignore",
  });
  children.push(child);
  await once(child, "spawn");
  return identify(child.pid ?? 0, what);
}
const told = async (owned: OwnedProcess): Promise<string[]> =>
  (await processLeaks([owned], secrets)).map(({ file, token }) => `${file}: ${token}`);

describe.runIf(process.platform === "linux")("what the apps' processes tell", () => {
  it("is nothing when they are ordinary", async () =>
    expect(await told(await running(["--port", "8090"], { PATH: "/usr/bin", DEFAULTS: "1" }))).toEqual([]));
  it("is found in a command line", async () =>
    expect(await told(await running(["--mode=chaos"], {}))).toEqual(["cmdline of go-otel-sample-app: chaos"]));
  it("is found in an environment, in its names and in its values", async () => {
    expect(await told(await running([], { FAULT_SHARE: "0.3" }))).toEqual(["environ of go-otel-sample-app: FAULT"]);
    expect(await told(await running([], { NOTE: "for noisy-neighbour" }))).toEqual([
      "environ of go-otel-sample-app: noisy-neighbour",
    ]);
  });
  it("is not looked for in what keeps the apps, nor in a process that only has the pid of one", async () => {
    expect(await told(await running(["--mode=chaos"], {}, "edges"))).toEqual([]);
    const owned = await running(["--mode=chaos"], {});
    expect(await told({ ...owned, startTime: "1" })).toEqual([]);
  });
  it("is told once, however often somebody looks", async () => {
    const owned = await running(["--mode=chaos"], {});
    const overhearing = overhear(secrets);
    overhearing.look([owned]);
    overhearing.look([owned]);
    expect(await overhearing.leaks()).toHaveLength(1);
  });
});
