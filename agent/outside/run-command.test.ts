import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { type Call, MOST, runCommand } from "./run-command.ts";

vi.setConfig({ testTimeout: 30_000 });

const directory = mkdtempSync(join(tmpdir(), "command-"));
afterAll(() => rmSync(directory, { recursive: true }));
const environment = { PATH: process.env["PATH"] ?? "", HOME: directory };
const shell = (script: string, budget = 20_000): Call => ({
  program: "/bin/sh",
  args: ["-c", script],
  directory,
  environment,
  budget,
});
const never = new AbortController().signal;
/** Of processes that a script has written down as `$$ $!`. */
const pids = (file: string): number[] => readFileSync(join(directory, file), "utf8").trim().split(" ").map(Number);
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie that nobody has waited for yet does nothing any more.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
const gone = (file: string): Promise<void> =>
  vi.waitFor(() => expect(pids(file).filter(runs)).toEqual([]), { timeout: 2_000 });

describe("a command", () => {
  it("gets its input and gives its output, in its own directory and with its own variables alone", async () => {
    expect(await runCommand(shell("cat; pwd -P; env | cut -d= -f1 | sort"), "asked\n", never)).toMatch(
      new RegExp(`^asked\n.*${directory}\nHOME\n(OLDPWD\n)?PATH\nPWD\n`),
    );
  });
  it("may end without having read its input", async () => {
    expect(await runCommand(shell("echo done"), "x".repeat(1e6), never)).toBe("done\n");
  });
  it("that fails is told with its exit code and the end of its stderr", async () => {
    await expect(runCommand(shell("echo no key >&2; exit 3"), "", never)).rejects.toThrow(
      "the command ended with exit code 3; its stderr ends with: no key",
    );
    await expect(runCommand(shell("kill -9 $$"), "", never)).rejects.toThrow("ended with SIGKILL");
  });
  it("that is none is told", async () => {
    await expect(runCommand({ ...shell(""), program: "/no/such" }, "", never)).rejects.toThrow(
      /could not be started: .*ENOENT/,
    );
  });
  it("that does not end is ended, with all that it has started", async () => {
    const hangs = shell('sleep 300 & echo "$$ $!" > hang; wait', 300);
    await expect(runCommand(hangs, "", never)).rejects.toThrow("gave no answer within 0.3 s");
    await gone("hang");
  });
  it("that will not end is killed", async () => {
    const stubborn = shell('trap "" TERM; sleep 300 & echo "$$ $!" > stubborn; while :; do wait; done', 300);
    await expect(runCommand(stubborn, "", never)).rejects.toThrow("gave no answer");
    await gone("stubborn");
  });
  it("that leaves something running in the background leaves nothing", async () => {
    expect(await runCommand(shell('sleep 300 & echo "$$ $!" > left; echo ok'), "", never)).toBe("ok\n");
    await gone("left");
  });
  it("that writes without end is ended, and its output is not kept", async () => {
    const before = process.memoryUsage.rss();
    await expect(runCommand(shell("yes | head -c 4000000000"), "", never)).rejects.toThrow(`more than ${MOST} bytes`);
    await expect(runCommand(shell("yes >&2 | head -c 1", 500), "", never)).rejects.toThrow("gave no answer");
    expect(process.memoryUsage.rss() - before).toBeLessThan(200e6);
  });
  it("is ended by an abort, at once and whole", async () => {
    const stop = new AbortController();
    const running = runCommand(shell('sleep 300 & echo "$$ $!" > aborted; wait'), "", stop.signal);
    await vi.waitFor(() => expect(pids("aborted")).toHaveLength(2), { timeout: 5_000 });
    stop.abort(new Error("enough"));
    await expect(running).rejects.toThrow("enough");
    await gone("aborted");
    await expect(runCommand(shell("echo ok"), "", stop.signal)).rejects.toThrow("enough");
  });
});
