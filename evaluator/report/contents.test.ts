import { describe, expect, it } from "vitest";
import { alarm } from "./fixture/findings.ts";
import { tagsOf } from "./fixture/markup.ts";
import { incident, STATES } from "./fixture/states.ts";
import { renderReport } from "./render.ts";

type Name = keyof typeof STATES;
const ENTITIES: Readonly<Record<string, string>> = { "&amp;": "&", "&#x27;": "'", "&quot;": '"', "&#x3D;": "=" };
/** What a page says, with a space for each tag. */
const text = (html: string): string =>
  html
    .slice(html.indexOf("<main"))
    .replace(/<script[\s\S]*?<\/script>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&[a-z#x0-9A-Z]+;/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/[\s\u00a0]+/g, " ");
const said = (name: Name): string => text(renderReport(STATES[name]()));
const sections = (name: Name): string[] =>
  tagsOf(renderReport(STATES[name]()))
    .filter((tag) => tag.name === "section" && tag.attributes["class"] === "part")
    .map((tag) => tag.attributes["id"] ?? "");

const VERDICTS: readonly (readonly [Name, string, string])[] = [
  ["correct", "Correct", "The agent named the true cause: java-otel-sample-app (pool exhaustion)"],
  ["wrong", "Wrong", "The agent named store (dependency down) The true cause was java-otel-sample-app"],
  ["no-answer", "No answer", "it had candidates and asserted none"],
  ["silent", "No answer", "It raised no alarm and gave no diagnosis"],
  ["agent-error", "Agent error", "TypeError: Cannot read properties of undefined"],
  ["invalid", "Invalid", "Host not starved: 4.0 % idle; the limit is: at least 10.0 %"],
  ["all-clear", "Correct", "Correct all-clear"],
  ["false-alarm", "False alarm", "It raised 1 alarm and blamed java-otel-sample-app"],
];

describe.each(VERDICTS)("the banner of %s", (name, word, reason) => {
  it(`says ${word} and why`, () => {
    const html = renderReport(STATES[name]());
    expect(html).toContain(`<p class="state-word">${word}</p>`);
    expect(text(html)).toContain(reason);
  });
});

describe("what a report shows", () => {
  const incidentSections =
    "glance users ladder map investigation errors resources blast timeline remedies services gaps baseline scores trust truth";

  it("has every section for an incident that was diagnosed", () => {
    expect(sections("correct")).toEqual(incidentSections.split(" "));
  });

  it("tells what is normal first where nothing was wrong", () => {
    expect(sections("all-clear").slice(0, 4)).toEqual(["glance", "users", "ladder", "baseline"]);
    expect(said("all-clear")).toContain("Learned from 0:45 to 2:57, 26 bins of quiet time");
  });

  it("puts what was done and measured beside what the agent said", () => {
    const glance = said("correct");
    for (const part of [
      "java-otel-sample-app from 10/s to 30/s",
      "java worker exhaustion on java-otel-sample-app in force from 2:59",
      "5.1 % → 19 % users hurt from 3:00, 1.4 s after injection",
      "First alarm 3:13, on java-otel-sample-app 31 % of requests fail (normal 5 %), 14 s after injection",
      "Cause it names java-otel-sample-app (pool exhaustion, 91 %) at 3:53",
      "235 requests lost",
    ])
      expect(glance).toContain(part);
  });

  it("gives no score for a run that does not count", () => {
    expect(said("invalid")).toContain("This run does not count. What stands here was measured, and is no score");
    expect(said("invalid")).not.toContain("Place of the true cause 1 in the agent's list");
  });

  it("lists every rule of validity, and the limit of each broken one", () => {
    const { verdict } = STATES.invalid();
    if (verdict.trial.validity.ok) throw new Error("the fixture should not count");
    for (const { saw, limit } of verdict.trial.validity.broken)
      expect(said("invalid")).toContain(`✗ broken ${saw} The limit is: ${limit}`);
    expect(said("correct")).toContain("Host not starved ✓ holds 41 % of the CPU idle");
    expect(said("correct")).not.toContain("✗ broken");
  });

  it("shows a broken rule that it does not know", () => {
    const input = STATES.correct();
    const validity = { ok: false, broken: [{ rule: "new rule", saw: "this", limit: "that" }] } as const;
    const verdict = { ...input.verdict, state: "invalid" as const, trial: { ...input.verdict.trial, validity } };
    expect(text(renderReport({ ...input, verdict }))).toContain("New rule ✗ broken this The limit is: that");
  });

  it("draws the true cause first among the services, with the marks of truth and answer", () => {
    expect(said("correct")).toMatch(
      /Each service from the inside.*?java-otel-sample-app ★ true cause ◎ named by the agent Requests/,
    );
  });

  it("holds with hardly anything recorded", () => {
    const bare = incident(
      () => [],
      (run) => ({
        ...run,
        endedAt: run.startedAt,
        phases: [],
        faults: [],
        inForceAt: null,
        harmAt: null,
        revertingAt: null,
        revertedAt: null,
        recoveredAt: null,
        users: {},
        normal: {},
        components: [],
        load: { ...run.load, incident: null, phases: [], apps: {} },
        health: { ...run.health, spanShare: {} },
      }),
    );
    expect(() => tagsOf(renderReport(bare))).not.toThrow();
    expect(text(renderReport(bare))).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("draws nothing beyond its time, whatever the agent says later", () => {
    const late = incident((made) => [alarm(made, 600_000)]);
    const places = tagsOf(renderReport(late)).flatMap(({ name, closing, attributes }) =>
      !closing && (name === "line" || name === "text") ? Number(attributes["x1"] ?? attributes["x"]) : [],
    );
    expect(places.length).toBeGreaterThan(100);
    expect(Math.max(...places)).toBeLessThanOrEqual(1_040);
  });

  it.each(Object.keys(STATES) as Name[])("says no nonsense in the state %s", (name) => {
    expect(said(name).replaceAll("Cannot read properties of undefined", "")).not.toMatch(
      /NaN|Infinity|undefined|\[object/,
    );
  });
});
