import { describe, expect, it, vi } from "vitest";
import { tagsOf } from "../report/fixture/markup.ts";
import { policy } from "../report/policy.ts";
import { renderLeaderboard } from "./page.ts";
import { summarise } from "./summary.ts";
import { manyCases, naming, sampleResults } from "./testing/sample-results.ts";

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const cases = [...manyCases(12), ...manyCases(4, "held-out")];
const hostile = '<img src=x onerror=alert(1)>"';
const page = renderLeaderboard(summarise(sampleResults(cases, { good: () => naming("a"), [hostile]: () => [] })));

describe("the leaderboard as a page", () => {
  it("is one file that runs and fetches nothing but our own", () => {
    expect(page).toContain(`content="${policy()}"`);
    const tags = tagsOf(page);
    expect(tags.filter(({ name, closing }) => name === "script" && !closing)).toHaveLength(2);
    expect(tags.filter(({ name }) => name === "img")).toEqual([]);
    const attributes = tags.flatMap((tag) => Object.keys(tag.attributes));
    expect(attributes.filter((one) => one === "style" || one.startsWith("on"))).toEqual([]);
    const ids = tags.flatMap((tag) => tag.attributes["id"] ?? []);
    expect(ids.length).toBe(new Set(ids).size);
  });
  it("has a board for each part, with references and intervals", () => {
    for (const text of [
      "12 incidents and 3 controls in 15 clusters",
      "4 incidents and 1 controls in 5 clusters",
      "oracle",
      "prior, other clusters",
    ])
      expect(page.includes(text), text).toBe(true);
    expect(/NaN|Infinity|undefined|\[object/.exec(page)).toBeNull();
  });
  it("is the same bytes each time", () => {
    const again = renderLeaderboard(summarise(sampleResults(cases, { good: () => naming("a"), [hostile]: () => [] })));
    expect(again).toBe(page);
  });
});
