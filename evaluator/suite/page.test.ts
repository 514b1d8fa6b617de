import { describe, expect, it } from "vitest";
import { tagsOf } from "../report/fixture/markup.ts";
import { policy } from "../report/policy.ts";
import { renderSuite } from "./page.ts";
import { attempt, control, invalid, record } from "./testing/samples.ts";

const hostile = "</script><img src=x onerror=alert(1)>";
const of = record({
  "java-otel-spike": [attempt({ run: "2026-01-01-spike-1" })],
  "go-otel-slow-edge": [invalid, attempt({ run: "a b/../c", state: "wrong", named: [hostile] })],
  baseline: [control],
  "busy-day": [],
});
const page = renderSuite(of);
const tags = tagsOf(page);

describe("the page of a suite", () => {
  it("runs and fetches nothing but our own", () => {
    expect(page).toContain(`content="${policy()}"`);
    expect(tags.filter(({ name, closing }) => name === "script" && !closing)).toHaveLength(2);
    expect(tags.filter(({ name }) => name === "img")).toEqual([]);
    const ids = tags.flatMap((tag) => tag.attributes["id"] ?? []);
    expect(ids.length).toBe(new Set(ids).size);
    expect(/NaN|Infinity|undefined|\[object/.exec(page)).toBeNull();
  });
  it("leads from each drill to its report, below itself", () => {
    const links = tags.flatMap((tag) => tag.attributes["href"] ?? []).filter((href) => href.endsWith("report.html"));
    expect(links).toContain("2026-01-01-spike-1/report.html");
    expect(links).toContain("a%20b%2F..%2Fc/report.html");
    expect(links.filter((href) => /^(\/|\.\.|[a-z]+:)/.test(href))).toEqual([]);
  });
  it("counts what was right, missed, and did not count, and says what is still to come", () => {
    expect(page).toContain("2 right, 1 missed, 0 did not count, 1 still to come");
    expect(page).toContain("users hurt: no onset (dud)");
    expect(page).toContain("1 missed");
  });
  it("is the same bytes each time", () => expect(renderSuite(of)).toBe(page));
  it("of a suite in which nothing counts says so", () => {
    expect(renderSuite(record({ baseline: [invalid, invalid] }))).toContain("Nothing counts");
    expect(renderSuite(record({ baseline: [] }))).toContain("0 of 1 drills");
  });
});
