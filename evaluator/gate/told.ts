import type { GateResult } from "./verdict.ts";

const WORD = { pass: "PASS", fail: "FAIL", inconclusive: "INCONCLUSIVE" } as const;

/** Reads in twenty seconds: the outcome, what was lost and won, and why. */
export function told(result: GateResult): string {
  const lines = [`${WORD[result.outcome]}  ${result.agent}: ${inOneLine(result)}`];
  for (const { rule, text } of result.reasons) lines.push(`  ${rule.padEnd(12)} ${text}`);
  lines.push(`  ${paceOf(result)}`);
  return `${lines.join("\n")}\n`;
}

/** "lost 1: java-heap-leak, now says store; TTD -3.0 s". */
export function inOneLine({ comparison, titles, named }: Pick<GateResult, "comparison" | "titles" | "named">): string {
  const { lost, won, same, ttdChange } = comparison;
  const what = (ids: readonly { case: string }[]): string =>
    ids
      .map(({ case: id }) => {
        const says = named[id] ?? [];
        return `${titles[id] ?? id}, now says ${says.length > 0 ? says.join(" and ") : "nothing"}`;
      })
      .join("; ");
  const parts = [
    ...(lost.length > 0 ? [`lost ${lost.length}: ${what(lost)}`] : []),
    ...(won.length > 0 ? [`won ${won.length}: ${what(won)}`] : []),
    `${same} ${lost.length + won.length > 0 ? "others " : ""}unchanged`,
    ...(ttdChange === null || Math.abs(ttdChange) < 50
      ? []
      : [`TTD ${ttdChange > 0 ? "+" : ""}${(ttdChange / 1_000).toFixed(1)} s`]),
  ];
  return parts.join("; ");
}

export function paceOf({ now, replayedMs, wallMs }: Pick<GateResult, "now" | "replayedMs" | "wallMs">): string {
  const cases = Object.keys(now).length;
  const pace = wallMs > 0 ? replayedMs / wallMs : 0;
  return `${cases} recorded cases, ${(replayedMs / 60_000).toFixed(0)} min of telemetry in ${(wallMs / 1_000).toFixed(0)} s (${pace.toFixed(0)} x real time)`;
}

/** A GitHub job summary. */
export function markdown(result: GateResult): string {
  const reasons = result.reasons.map(({ rule, text }) => `| ${rule} | ${text.replaceAll("|", "\\|")} |`);
  const table = reasons.length > 0 ? ["", "| why | |", "|---|---|", ...reasons] : [];
  return [`## ${WORD[result.outcome]}: ${result.agent}`, "", inOneLine(result), ...table, "", paceOf(result), ""].join(
    "\n",
  );
}

/** A test case for each recorded case; lost ones and agents that fail are failures, what does not count is skipped. */
export function junit({ now, titles, named, comparison, agent, wallMs, reasons }: GateResult): string {
  const lost = new Map(comparison.lost.map((one) => [one.case, one]));
  const cases = Object.keys(now)
    .sort()
    .map((id) => {
      const score = now[id];
      const name = escaped(titles[id] ?? id);
      const properties = `<properties><property name="state" value="${score?.state ?? ""}"/><property name="exact_set" value="${score?.exact_set ?? ""}"/></properties>`;
      const failure = lost.has(id)
        ? `<failure type="lost">named: ${escaped((named[id] ?? []).join(", ") || "nothing")}</failure>`
        : "";
      return `  <testcase classname="${escaped(agent)}" name="${name}">${properties}${score?.state === "invalid" ? "<skipped/>" : failure}</testcase>`;
    });
  const other = reasons
    .filter((one) => one.case === undefined || !(one.case in now))
    .map(
      ({ rule, text }) =>
        `  <testcase classname="gate" name="${escaped(rule)}"><failure type="${escaped(rule)}">${escaped(text)}</failure></testcase>`,
    );
  const failures = lost.size + other.length;
  const head = `<testsuite name="agent accuracy" tests="${cases.length + other.length}" failures="${failures}" time="${(wallMs / 1_000).toFixed(3)}">`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n ${head}\n${[...cases, ...other].join("\n")}\n </testsuite>\n</testsuites>\n`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}
