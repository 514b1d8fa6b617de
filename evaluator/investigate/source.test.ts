import { describe, expect, it } from "vitest";
import { questionOf } from "./question.ts";
import { rangeOf, within } from "./range.ts";
import { sourceOf } from "./source.ts";

describe("--source", () => {
  it("is a folder, or what is sent or scraped here", () => {
    expect(sourceOf(["reports/example"])).toEqual({ kind: "recording", path: "reports/example" });
    expect(sourceOf(["otlp"])).toMatchObject({ kind: "live", otlp: 4318 });
    const both = sourceOf([
      "otlp=14318",
      "prometheus=http://127.0.0.1:9100/metrics",
      "prometheus=store@http://localhost:9187/",
    ]);
    if (both.kind !== "live") throw new Error("not live");
    expect(both.otlp).toBe(14_318);
    expect([...both.scrapes].map(([name, url]) => [name, url.href])).toEqual([
      ["127.0.0.1:9100", "http://127.0.0.1:9100/metrics"],
      ["store", "http://localhost:9187/"],
    ]);
  });
  it.each([
    ["none", [], /where the telemetry comes from/],
    ["a folder beside a live source", ["reports/example", "otlp"], /alone/],
    ["two folders", ["a", "b"], /alone/],
    ["two receivers", ["otlp", "otlp=1"], /once/],
    ["a port that is none", ["otlp=http"], /"http" is not a port/],
    ["a port beyond all ports", ["otlp=70000"], /not a port/],
    ["an endpoint that is no URL", ["prometheus=9100"], /"9100" is not a URL/],
    ["an endpoint elsewhere", ["prometheus=http://192.0.2.1:9100/metrics"], /192\.0\.2\.1 is not this machine/],
    [
      "an endpoint that only looks like this machine",
      ["prometheus=http://127.0.0.1.evil.example/"],
      /not this machine/,
    ],
    [
      "one name for two endpoints",
      ["prometheus=a@http://127.0.0.1:1/", "prometheus=a@http://127.0.0.1:2/"],
      /one component/,
    ],
  ] as const)("%s is refused", (_, texts, message) => {
    expect(() => sourceOf(texts)).toThrow(message);
    expect(() => sourceOf(texts)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});

describe("the time asked about", () => {
  const clock = { start: Date.parse("2026-11-25T17:00:00Z"), end: Date.parse("2026-11-25T17:05:00Z") };
  it("is the whole recording, its end, or a part; a time without a zone is UTC", () => {
    expect(within({}, clock, 1_000)).toEqual({ from: clock.start, to: clock.end });
    expect(within(rangeOf({ last: "90s" }), clock, 1_000)).toEqual({ from: clock.end - 90_000, to: clock.end });
    expect(within(rangeOf({ last: "2h" }), clock, 1_000)).toEqual({ from: clock.start, to: clock.end });
    expect(within(rangeOf({ from: "2026-11-25T18:01:00+01:00", to: "2026-11-25T17:02:00" }), clock, 1_000)).toEqual({
      from: clock.start + 60_000,
      to: clock.start + 120_000,
    });
  });
  it.each([
    ["a time that is none", { from: "yesterday" }, /--from is a time in ISO 8601, not "yesterday"/],
    ["a number", { to: "5" }, /--to is a time/],
    ["from after to", { from: "2026-11-25T17:02:00Z", to: "2026-11-25T17:01:00Z" }, /is not before --to/],
    ["two times over", { from: "2026-11-25T17:02:00Z", last: "30m" }, /contradict/],
    ["a length without a unit", { last: "30" }, /--last is a time/],
    ["no length at all", { last: "0s" }, /--last is a time/],
  ] as const)("%s is refused", (_, texts, message) => {
    expect(() => rangeOf(texts)).toThrow(message);
  });
  it("outside of the recording is refused with its limits", () => {
    expect(() => within(rangeOf({ from: "2026-11-26" }), clock, 1_000)).toThrow(
      /from 2026-11-25T17:00:00Z to 2026-11-25T17:05:00Z/,
    );
  });
});

describe("--trigger", () => {
  it("narrows what is looked at if it is one of the known ones, and is kept as it was put", () => {
    expect(questionOf(undefined)).toBeUndefined();
    expect(questionOf("Error rate spike")).toEqual({ text: "Error rate spike", signals: ["errors"] });
    expect(questionOf("high cpu usage")?.signals).toEqual(["cpu"]);
    expect(questionOf("PERFORMANCE DEGRADATION")?.signals).toEqual(["latency"]);
    expect(questionOf(" why are orders slow? ")).toEqual({ text: "why are orders slow?" });
  });
  it.each(["", "  ", "x".repeat(501)])("%j is refused", (text) => {
    expect(() => questionOf(text)).toThrow(/1 to 500 characters/);
  });
});
