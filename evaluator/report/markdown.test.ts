import { describe, expect, it } from "vitest";
import { hostile } from "./fixture/hostile.ts";
import { STATES } from "./fixture/states.ts";
import { code, escaped, renderMarkdown } from "./markdown.ts";

const HEADINGS = ["## Impact", "## Timeline", "## Cause", "## What to do", "## Follow-ups"];
/** What Markdown reads as markup: without escaped characters, then without code spans. */
const read = (markdown: string): string => markdown.replace(/\\./g, "").replace(/(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/g, "");

describe.each(Object.keys(STATES) as (keyof typeof STATES)[])("the draft of a post-mortem of %s", (name) => {
  const draft = renderMarkdown(STATES[name]());
  it("has every part, and is the same text each time", () => {
    expect(draft.split("\n").filter((line) => line.startsWith("## "))).toEqual(HEADINGS);
    expect(renderMarkdown(STATES[name]())).toBe(draft);
    expect(draft).not.toMatch(/NaN|Infinity|\[object|\n\n\n/);
  });
});

describe("what the draft says", () => {
  it("tells impact, cause with its proof, and what is left to do", () => {
    const draft = renderMarkdown(STATES.correct()).replaceAll("\u00a0", " ");
    for (const part of [
      "**Correct.** The agent named the true cause: java-otel-sample-app (pool exhaustion).",
      "Users were hurt from 3:00 and well again at 5:05.",
      "19 % of requests failed, normally 5.1 %; the p95 response time was 1.28 s, normally 71.5 ms",
      "| 3:13 | agent | The agent raises an alarm on java-otel-sample-app",
      "1. **java-otel-sample-app: pool exhaustion**, 91 %, named as a cause.",
      "`series component=java-otel-sample-app metric=tomcat.thread.busy.count 2:57 to 3:27`",
      "- [ ] Do not hold a worker while waiting for the invoice spool",
    ])
      expect(draft).toContain(part);
  });

  it("gives the reasons why a run does not count", () => {
    expect(renderMarkdown(STATES.invalid())).toContain("- ✗ Host not starved: 4.0 % idle");
  });
});

describe("hostile text in the draft", () => {
  const SPOILS = [
    "![x](https://evil.example/x.png)",
    "<img src=x onerror=alert(1)> <!-- ",
    "@everyone see #12 and www.evil.example",
    "a | b\n\n# Heading\n- [ ] task\n```\n",
    "`` ` `` **bold** __x__ ~~y~~ $math$",
    "\u202ereversed\u2066 \ud800",
  ];
  it.each(SPOILS)("%j stays text", (spoil) => {
    const draft = renderMarkdown(hostile((text) => `${text} ${spoil}`));
    const markup = read(draft);
    expect(draft.isWellFormed()).toBe(true);
    expect(markup).not.toMatch(/<|\]\(|https?:|www\.|@\w|#\d|[*_~]{2}[a-z]+[*_~]{2} /);
    expect(draft).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(draft.split("\n").filter((line) => /^#{1,6} /.test(line))).toHaveLength(HEADINGS.length + 1);
    expect(draft).not.toMatch(/^\s*(```|~~~)/m);
    const rows = markup.split("\n").filter((line) => line.startsWith("|"));
    expect(rows.filter((row) => row.split("|").length !== 5)).toEqual([]);
  });

  it("is escaped character by character", () => {
    expect(escaped("*a* [b](c) <d> & `e`\n\n1. x")).toBe("\\*a\\* \\[b\\](c) &lt;d&gt; &amp; \\`e\\` 1. x");
    expect(escaped("- x")).toBe("\\- x");
    expect(escaped("1. x")).toBe("1\\. x");
    expect(code("a `` b ` c")).toBe("``` a `` b ` c ```");
  });
});
