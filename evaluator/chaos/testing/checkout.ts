import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openJournals } from "../../../generator/faults/recover.ts";
import { inherited } from "../../../generator/targets/environment.ts";
import { type Terminal, terminal } from "../../testing/terminal.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const PARTS = ["agent", "evaluator", "generator", "scenarios", "sample-apps", "node_modules", "package.json"];

/** This checkout under another path, with a folder `my` and a state of its own, for command lines as people type them. */
export interface Checkout extends AsyncDisposable {
  readonly path: string;
  /** Its folder of journals. */
  readonly state: string;
  open(line: string): Terminal;
}

/** `variables` are set in every terminal. Disposal kills what still runs in them, and waits until its reapers are done. */
export function checkout(variables: Readonly<Record<string, string>> = {}): Checkout {
  const path = mkdtempSync(join(tmpdir(), "checkout-"));
  const env = { ...inherited(), XDG_STATE_HOME: join(path, "state"), ...variables };
  const state = join(path, "state", "firedrill");
  const opened: Terminal[] = [];
  for (const part of PARTS) symlinkSync(join(ROOT, part), join(path, part));
  mkdirSync(join(path, "my"));
  return {
    path,
    state,
    open(line) {
      const one = terminal(line, { cwd: path, env });
      opened.push(one);
      return one;
    },
    async [Symbol.asyncDispose]() {
      for (const one of opened) one.press("SIGKILL");
      const until = performance.now() + 30_000;
      while ((await openJournals(state)).length > 0 && performance.now() < until) await sleep(100);
      rmSync(path, { recursive: true, force: true });
    },
  };
}
