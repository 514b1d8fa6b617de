import type { Stamped } from "../../agent/investigation.ts";
import type { SettledChange } from "../../generator/changes/planned.ts";
import type { Milestone, RunEvent } from "../../generator/drive.ts";
import type { SettledPhase } from "../../generator/phase.ts";
import type { Outcome } from "../../generator/traffic/outcome.ts";
import { isBad } from "../../generator/traffic/users.ts";
import type { Show } from "../perform.ts";

const HEARTBEAT_MS = 30_000;
const RECENT_MS = 10_000;

/** Live progress on stderr: one moving line on a terminal, plain lines with a heartbeat on a pipe. */
export function progress(out: NodeJS.WriteStream, started = Date.now()): Show & Disposable {
  const terminal = out.isTTY === true;
  let phase = "starting";
  let agent = "waiting";
  let total = 0;
  let recent: Outcome[] = [];
  let said = Date.now();
  const elapsed = (): string => `${((Date.now() - started) / 1_000).toFixed(0).padStart(4)} s`;
  const clear = (): void => void (terminal && out.write("\r\x1b[2K"));
  const line = (text: string): void => {
    clear();
    out.write(`${elapsed()}  ${text}\n`);
    said = Date.now();
  };
  const status = (): string => {
    recent = recent.filter((one) => one.due > Date.now() - RECENT_MS);
    const sent = recent.filter((one) => one.kind !== "dropped").length / (RECENT_MS / 1_000);
    const bad = recent.length === 0 ? 0 : recent.filter(isBad).length / recent.length;
    const load = total === 0 ? "" : `  load ${sent.toFixed(0)} rps, failing ${(100 * bad).toFixed(0)} %`;
    return `${phase}${load}  agent: ${agent}`;
  };
  const timer = setInterval(
    () => {
      if (terminal) out.write(`\r\x1b[2K${elapsed()}  ${status()}`.slice(0, (out.columns ?? 120) + 6));
      else if (Date.now() - said >= HEARTBEAT_MS) line(status());
    },
    terminal ? 1_000 : 5_000,
  );
  return {
    line,
    plan(phases: readonly SettledPhase[]) {
      agent = "waiting";
      const whole = phases.reduce((sum, one) => sum + one.lasts, 0) / 1_000;
      line(
        `phases: ${phases.map((one) => `${one.name} ${one.lasts / 1_000} s`).join(", ")}; at most ${whole.toFixed(0)} s`,
      );
    },
    event(event: RunEvent) {
      if (event.kind === "outcomes") {
        total += event.outcomes.length;
        recent.push(...event.outcomes);
      } else {
        if (event.kind === "phase") phase = event.phase.name;
        line(eventTold(event));
      }
    },
    heard(finding: Stamped) {
      agent = findingTold(finding);
      line(`agent: ${agent}`);
    },
    [Symbol.dispose]() {
      clearInterval(timer);
      clear();
    },
  };
}

function eventTold(event: Milestone): string {
  switch (event.kind) {
    case "phase":
      return `phase ${event.phase.name}, ${(event.phase.lasts / 1_000).toFixed(0)} s`;
    case "injected":
      return `fault in force: ${event.what.kind} on ${event.what.on}`;
    case "changed":
      return changeTold(event.change);
    case "verified":
      return `fault verified: mechanism ${event.impact.mechanism ? "acts" : "does not act"}, users ${event.impact.users ? "feel it" : "do not feel it"}`;
    case "reverting":
      return "the watch ends: taking back what was done";
    case "reverted":
      return "all is taken back";
    case "recovered":
      return "users are well again";
    case "stopped":
      return `stopped: ${event.rule}: ${event.saw} (limit: ${event.limit})`;
    case "ended":
      return `sent ${event.summary.sent} requests, lateness p99 ${event.summary.slip.p99.toFixed(1)} ms`;
  }
}

function changeTold(change: SettledChange): string {
  switch (change.does) {
    case "release":
      return `the platform has released a new build of ${change.on}`;
    case "reload":
      return `the platform has set ${change.setting} of ${change.on}`;
    case "restart":
      return `the platform has restarted ${change.on}`;
    case "job":
      return `the platform has run ${change.name}`;
  }
}

/** One finding in one line. */
export function findingTold(finding: Stamped): string {
  switch (finding.kind) {
    case "learned":
      return `learned what is normal for ${finding.baseline.components.length} components`;
    case "alarm":
      return `ALARM at ${finding.component}: ${finding.text}`;
    case "diagnosis": {
      const [first] = finding.hypotheses;
      if (!first) return "investigating";
      const doubt = finding.outcome === "incident" ? "" : "suspects ";
      return `${doubt}${first.component}: ${first.cause} (confidence ${first.confidence.toFixed(2)})`;
    }
    case "all-clear":
      return `all clear: ${finding.text}`;
  }
}
