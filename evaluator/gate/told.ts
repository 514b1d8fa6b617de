import { asChange, type Looked } from "./look.ts";
import { decisionOf, type GateResult } from "./verdict.ts";

const WORD = { pass: "PASS", fail: "FAIL", inconclusive: "INCONCLUSIVE", more: "MORE RUNS NEEDED" } as const;

/** Reads in twenty seconds: the outcome, what was lost and won, and why. */
export function told(result: GateResult): string {
  const lines = [`${WORD[decisionOf(result)]}  ${result.agent}: ${inOneLine(result)}`];
  for (const { rule, text } of result.reasons) lines.push(`  ${rule.padEnd(12)} ${text}`);
  for (const note of result.notes) lines.push(`  ${note}`);
  lines.push(`  ${paceOf(result)}`);
  return `${lines.join("\n")}\n`;
}

/** "lost 1: java-heap-leak, now says store; TTD -3.0 s", or what a look at several runs came to. */
export function inOneLine(result: Pick<GateResult, "comparison" | "titles" | "named" | "looked">): string {
  return result.looked ? lookTold(result.looked) : casesTold(result);
}

function casesTold({ comparison, titles, named }: Pick<GateResult, "comparison" | "titles" | "named">): string {
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

/** "exact set 82.5 %, accepted 85.0 %: -2.5 points, between -6.0 points and +1.0 points; ...". */
function lookTold({ seen, before, now, repeats, incidents, clusters, detectable, beside }: Looked): string {
  if (seen === null) return "there is no incident to compare";
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const change = asChange(seen.mean, "share");
  const between = `between ${asChange(seen.low, "share")} and ${asChange(seen.high, "share")}`;
  const of = `${repeats} runs of each of ${incidents} incidents in ${clusters} clusters`;
  const power = `a drop of ${(100 * (detectable ?? 0)).toFixed(1)} points would be seen in 80 of 100`;
  const others = beside.map(({ name, unit, mean }) => `${name} ${asChange(mean, unit)}`);
  return [`exact set ${percent(now)}, accepted ${percent(before)}: ${change}, ${between}`, of, power, ...others].join(
    "; ",
  );
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
  const notes = result.notes.flatMap((note) => ["", note]);
  const head = `## ${WORD[decisionOf(result)]}: ${result.agent}`;
  return [head, "", inOneLine(result), ...table, ...notes, "", paceOf(result), ""].join("\n");
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
