import { describe, expect, it } from "vitest";
import { conclude } from "../../agent/conclude.ts";
import { openStore } from "../../agent/telemetry/store.ts";
import { investigated, PROVENANCE } from "./fixture/investigated.ts";
import { tagsOf } from "./fixture/markup.ts";
import { telemetryOf } from "./fixture/telemetry.ts";
import { world } from "./fixture/world.ts";
import { renderInvestigationMarkdown } from "./investigation-markdown.ts";
import { renderInvestigation } from "./investigation-page.ts";

const page = (...of: Parameters<typeof investigated>): string => renderInvestigation(investigated(...of), PROVENANCE);
const ENTITIES: Readonly<Record<string, string>> = { "&amp;": "&", "&#x27;": "'", "&quot;": '"', "&#x3D;": "=" };
/** What a page says, with a space for each tag. */
const text = (html: string): string =>
  html
    .slice(html.indexOf("<header"))
    .replace(/<script[\s\S]*?<\/script>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&[a-z#x0-9A-Z]+;/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/[\s\u00a0]+/g, " ");
const sections = (html: string): string[] =>
  tagsOf(html)
    .filter((tag) => tag.name === "section" && tag.attributes["class"] === "part")
    .map((tag) => tag.attributes["id"] ?? "");

const NOTHING: Partial<ReturnType<typeof investigated>> = {
  findings: [],
  investigation: conclude([]),
  telemetry: openStore().view(() => 0),
  sources: ["OTLP over HTTP on 127.0.0.1:4318"],
};
const CASES = {
  incident: () => page("correct"),
  suspected: () => page("no-answer"),
  normal: () => page("all-clear"),
  "nothing-said": () => page("silent", { findings: [], investigation: conclude([]) }),
  crashed: () => page("agent-error"),
  "nothing-received": () => page("silent", NOTHING),
};
const HEADLINES: Readonly<Record<keyof typeof CASES, string>> = {
  incident: "The agent names java-otel-sample-app (pool exhaustion)",
  suspected: "The agent is not sure; it considers java-otel-sample-app (pool exhaustion)",
  normal: "Nothing that was asked about is out of normal",
  "nothing-said": "The agent said nothing",
  crashed: "The agent ended with an error",
  "nothing-received": "Nothing was received",
};

describe.each(Object.keys(CASES) as (keyof typeof CASES)[])("the page of an investigation: %s", (name) => {
  const html = CASES[name]();
  it("says what the agent concluded, and nothing of right or wrong", () => {
    expect(text(html)).toContain(HEADLINES[name]);
    expect(text(html)).not.toMatch(
      /true cause|Correct|Wrong|✓ right|✗ not right|In truth|injection|the fault|Scores|score/,
    );
    expect(html).not.toMatch(/state-(correct|wrong|no-answer|invalid)"/);
  });
  it("is well-formed, the same bytes each time, and says no nonsense", () => {
    expect(() => tagsOf(html)).not.toThrow();
    expect(CASES[name]()).toBe(html);
    const bare = text(html).replaceAll("Cannot read properties of undefined", "");
    expect(bare).not.toMatch(/NaN|Infinity|undefined|\[object/);
    const ids = tagsOf(html).flatMap((tag) => tag.attributes["id"] ?? []);
    expect(ids.length).toBe(new Set(ids).size);
    const summary = JSON.parse(/id="summary">(.*?)<\/script>/s.exec(html)?.[1] ?? "");
    expect(summary).toMatchObject({ schema: 1, outcome: name, agent: "statistical", trigger: "Error rate spike" });
  });
});

describe("what the page of an incident shows", () => {
  const said = text(page("correct"));
  it("has everything that an investigation promises", () => {
    const all =
      "asked investigation errors resources blast timeline remedies map discovery baseline services said gaps";
    expect(sections(page("correct"))).toEqual(all.split(" "));
  });
  it.each([
    ["the question", "Trigger Error rate spike the agent raised an alarm by itself"],
    ["the headline's figures", "Confidence 91 % stated by the agent for its first hypothesis"],
    ["the share of user requests lost", "User requests lost 14 % 235 in all, 171 a minute"],
    ["error modes", "HTTP 503"],
    ["causes with evidence", "All 16 Tomcat workers are busy: 15.9 of 16, normally 1.5"],
    ["resources", "workers busy java-otel-sample-app"],
    ["what to do now, and the signal that must recover", "It has worked when this is normal again"],
    ["prevention", "Later, on java-otel-sample-app"],
    ["the services", "Services 5 5 instances"],
    ["what nobody tells", "not told"],
    ["a baseline", "Learned from 0:45 to 2:57, 26 bins of quiet time"],
    ["gaps", "rates-provider sends no telemetry; it is known from its callers only."],
    ["that nobody checked it", "No truth is known here, so nobody has checked it."],
  ])("%s", (_, words) => expect(said).toContain(words));

  it("tells versions, owners, limits, health checks and labels where telemetry has them", () => {
    const made = world({ fault: true, spike: true });
    const telemetry = telemetryOf(made);
    const attributes = {
      "service.version": "1.14.2",
      "service.owner": "orders-team",
      "k8s.namespace.name": "shop",
      "k8s.container.memory_limit": "512Mi",
      "k8s.container.liveness_probe": "/health",
      "k8s.pod.labels.tier": "backend",
      "process.runtime.name": "OpenJDK",
      "process.runtime.version": "17",
    };
    const told = {
      ...telemetry,
      components: (within: Parameters<typeof telemetry.components>[0]) =>
        telemetry.components(within).map((card) => ({ ...card, attributes })),
    };
    const shown = text(page("correct", { telemetry: told }));
    expect(shown).toContain("go-otel-sample-app 1.14.2 orders-team shop OpenJDK 17 512Mi /health backend");
    // Of the Java app metrics tell more.
    expect(shown).toMatch(/512Mi, database connection limit \d.*?, worker limit 1[56]/);
  });

  it("is told in Markdown too", () => {
    const draft = renderInvestigationMarkdown(investigated("correct"), PROVENANCE).replaceAll("\u00a0", " ");
    expect(draft.split("\n").filter((line) => line.startsWith("## "))).toEqual([
      "## Impact",
      "## Timeline",
      "## Cause",
      "## How requests failed",
      "## What to do",
      "## What could not be seen",
    ]);
    for (const part of [
      "**Cause named.** The agent names java-otel-sample-app (pool exhaustion).",
      "235 user requests lost (14 % of all, 171 a minute)",
      "1. **java-otel-sample-app: pool exhaustion**, 91 %, named as a cause.",
      "It has worked when this is normal again",
    ])
      expect(draft).toContain(part);
    expect(draft).not.toMatch(/NaN|undefined|In truth/);
  });
});

it("text of strangers stays text", () => {
  const evil = '"><script>alert(1)</script>';
  const html = page("correct", {
    question: { text: evil },
    sources: [evil],
    scope: [evil],
    telemetry: telemetryOf(world({ fault: true, spike: true }), (name) => `${name}${evil}`),
  });
  const tags = tagsOf(html);
  expect(tags.filter(({ name, closing }) => name === "script" && !closing)).toHaveLength(2);
});
