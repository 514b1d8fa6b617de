import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { compile, GENERATED } from "./compile.ts";
import { diagnosis, evidence, hypotheses } from "./fixture/findings.ts";
import { hostile } from "./fixture/hostile.ts";
import { between, tagsOf } from "./fixture/markup.ts";
import { incident, STATES } from "./fixture/states.ts";
import { renderReport } from "./render.ts";

const MEBI = 1024 * 1024;
const names = Object.keys(STATES) as (keyof typeof STATES)[];
const pages = new Map(names.map((name) => [name, renderReport(STATES[name]())]));
const page = (name: keyof typeof STATES): string => pages.get(name) ?? "";
/** The first match with what stands around it; a whole page would bury a failure. */
const found = (html: string, what: RegExp): string | undefined => {
  const at = html.search(what);
  return at < 0 ? undefined : html.slice(Math.max(0, at - 80), at + 80);
};
const bytes = (html: string): number => Buffer.byteLength(html);

const SPOILS: Readonly<Record<string, (text: string) => string>> = {
  tag: (text) => `${text}"><script>alert(1)</script>`,
  "end of an element": (text) => `</style></script></title><img src=x onerror=alert(1)>${text}`,
  attribute: (text) => `${text}" onmouseover="alert(1)" style="color:red`,
  prototype: (text) => (/^[a-z-]+$/.test(text) ? "__proto__" : `__proto__ ${text}`),
  "right to left": (text) => `\u202e${text}\u2066\u200f`,
  "10 kB": (text) => text + "x<".repeat(5_000),
  "lone surrogate": (text) => `${text}\ud800`,
  template: (text) => `{{{${text}}}} {{> banner}}`,
};

it("is rendered from assets that are those of the templates", async () => {
  expect(await readFile(GENERATED, "utf8")).toBe(await compile());
});

describe.each(names)("a report of the state %s", (name) => {
  it("is one small page, the same bytes each time", () => {
    expect(bytes(page(name))).toBeLessThan(MEBI);
    expect(renderReport(STATES[name]())).toBe(page(name));
  });

  it("runs and shows nothing but our one script and our one style sheet", () => {
    const html = page(name);
    const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const policy = between(html, 'http-equiv="Content-Security-Policy" content="', '"');
    expect(policy).toContain(`script-src ${hash(between(html, "<script>", "</script>"))};`);
    expect(policy).toContain(`style-src ${hash(between(html, "<style>", "</style>"))};`);
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(found(html, /(?:src|href)="(?!#|data:,")[^"]*/)).toBeUndefined();
  });

  it("has well-formed markup without style attributes and inline handlers, and links that lead somewhere", () => {
    const tags = tagsOf(page(name));
    const attributes = tags.flatMap((tag) => Object.keys(tag.attributes));
    expect(attributes.filter((one) => one === "style" || one.startsWith("on"))).toEqual([]);
    const ids = tags.flatMap((tag) => tag.attributes["id"] ?? []);
    expect(ids.length).toBe(new Set(ids).size);
    const links = tags.flatMap((tag) => (tag.name === "a" && !tag.closing ? [tag.attributes["href"]?.slice(1)] : []));
    expect(links.filter((link) => !ids.includes(link ?? ""))).toEqual([]);
  });

  it("holds a summary for tools", () => {
    const { verdict } = STATES[name]();
    const summary = JSON.parse(between(page(name), '<script type="application/json" id="summary">', "</script>"));
    expect(summary).toMatchObject({ schema: 1, state: verdict.state, run: verdict.trial.run.id });
    expect(summary.measurements).toHaveLength(verdict.measurements.size);
  });
});

describe.each(Object.keys(SPOILS))("names and texts with a %s", (kind) => {
  const spoil = SPOILS[kind] ?? String;
  const html = renderReport(hostile(spoil));

  it("stay text", () => {
    const tags = tagsOf(html);
    const count = (name: string): number => tags.filter((tag) => tag.name === name && !tag.closing).length;
    expect(count("script")).toBe(2);
    expect(count("style")).toBe(1);
    expect(count("img")).toBe(0);
    const attributes = tags.flatMap((tag) => Object.keys(tag.attributes));
    expect(attributes.filter((one) => one === "style" || one.startsWith("on"))).toEqual([]);
    expect(found(html, /\[object Object\]|="[^"]*(?:NaN|undefined)/)).toBeUndefined();
  });

  it("are well-formed, hide nothing and are cut where they are long", () => {
    expect(html.isWellFormed()).toBe(true);
    expect(found(html, /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/)).toBeUndefined();
    expect(bytes(html)).toBeLessThan(MEBI);
    if (kind === "10 kB") expect(found(html, /\(\d+ more characters\)/)).toBeDefined();
    if (kind === "right to left") expect(found(html, /⟨U\+202E⟩/)).toBeDefined();
  });

  it("leave the summary readable", () => {
    const summary = JSON.parse(between(html, '<script type="application/json" id="summary">', "</script>"));
    expect(summary.scenario).toBe(spoil("java-otel-spike").slice(0, 1_000).toWellFormed());
  });
});

describe("an agent that says far too much", () => {
  const claim = "<".repeat(700);
  const chatty = incident((made) => {
    const proof = Array.from({ length: 400 }, (_, i) => ({ ...evidence(made, `x${i}`, "log"), claim }));
    const [first = evidence(made, "x", "log"), ...rest] = proof;
    const all = hypotheses(made).flatMap((one) =>
      Array.from({ length: 80 }, () => ({ ...one, evidence: [first, ...rest] as const, sentence: claim })),
    );
    return [diagnosis(made, 20_000, all)];
  });
  const html = renderReport(chatty);

  it("fills no more than the budget", () => {
    expect(bytes(html)).toBeLessThan(MEBI);
    expect(tagsOf(html).length).toBeGreaterThan(1_000);
  });

  it("is told what was left out", () => {
    expect(found(html, />228 more are in result\.json\./)).toBeDefined();
    expect(found(html, /<caption>The first \d+ of 400: Evidence for hypothesis 1</)).toBeDefined();
  });
});
