import { describe, expect, it } from "vitest";
import type { LogRecord, Span } from "../../agent/telemetry/model.ts";
import { differential, onlyAmong, type Spoken } from "./differential.ts";
import { masked, vocabulary } from "./vocabulary.ts";

const span: Span = {
  trace: "t", id: "i", component: "a", instance: "a1", name: "GET /", kind: "server", start: 0, end: 1, failed: false,
  attributes: { "http.route": "/" }, exceptions: [], arrival: 1_000,
}; // biome-ignore format: one shape
const line = (body: string, arrival: number): LogRecord => ({
  at: arrival, component: "a", instance: "a1", severity: 9, body, attributes: {}, arrival,
}); // biome-ignore format: one shape

type Say = (sink: ReturnType<typeof vocabulary>["sink"]) => void;
function spoken(id: string, incident: boolean, say: Say = () => undefined, cluster = id): Spoken {
  const { sink, heard } = vocabulary();
  sink.span(span);
  say(sink);
  return { id, cluster, incident, inForceAt: incident ? 60_000 : null, heard };
}
const controls = ["c1", "c2", "c3", "c4"].map((id) => spoken(id, false));
const incidents = (say: Say, n = 13): Spoken[] =>
  Array.from({ length: n }, (_, i) => spoken(`i${String(i).padStart(2, "0")}`, true, say));

describe("what only incidents say", () => {
  it("is nothing when they say what controls say, and nothing can be said without controls", () => {
    expect(differential([...controls, ...incidents(() => undefined)])).toEqual([]);
    expect(differential(incidents(() => undefined))).toBeNull();
  });
  // Planted once in each place: every one must be found, early or late.
  const PLANTED: readonly (readonly [string, string, Say])[] = [
    ["span name", "warm up", (sink) => sink.span({ ...span, name: "warm up" })],
    ["attribute of a span", "feature_flag.key", (sink) => sink.span({ ...span, attributes: { "feature_flag.key": true } })],
    ["mode of a span", "odd", (sink) => sink.span({ ...span, attributes: { mode: "odd" } })],
    ["log line", "Flag manual gc enabled", (sink) => sink.log(line("Flag manual gc enabled", 1_000))],
    ["metric", "load.spare (By)", (sink) => sink.point({ component: "a", instance: "", metric: "load.spare", unit: "By", kind: "gauge", temporality: "delta", attributes: {}, at: 1, start: 0, value: 1, arrival: 1 })],
    ["process.command of a process or resource", "/opt/bad-query/run", (sink) => sink.resource("a", "a1", { "process.command": "/opt/bad-query/run" }, 1)],
    ["change", "job succeeded: tidy up", (sink) => sink.change({ id: "1", at: 1, component: "a", kind: "job", summary: "tidy up", status: "succeeded", arrival: 1 })],
    ["object", "pod Odd", (sink) => sink.object({ at: 1, component: "a", instance: "", kind: "pod", reason: "Odd", attributes: {}, arrival: 1 })],
    ["exception", "ManualError: by hand", (sink) => sink.span({ ...span, exceptions: [{ type: "ManualError", message: "by hand\nat x" }] })],
  ]; // biome-ignore format: a table reads better than a column
  it.each(PLANTED)("is found as %s", (place, word, say) => {
    const found = differential([...controls, ...incidents(say)]) ?? [];
    expect(found.find((one) => one.place === place)).toMatchObject({ word, tells: true, in: { length: 13 } });
    // Told of one incident alone it is listed, though chance could explain it.
    const once = differential([...controls, ...incidents(() => undefined, 12), spoken("odd", true, say)]) ?? [];
    expect(once.find((one) => one.place === place)).toMatchObject({ word, tells: false, in: ["odd"], before: ["odd"] });
  });
  it("is not what a control says too, nor numbers and ids", () => {
    const say: Say = (sink) => sink.log(line("order 12 of 9f8e7d6c took 3.5 ms at 127.0.0.1:8080", 1_000));
    const other = spoken("c5", false, (sink) =>
      sink.log(line("order 7 of ab12cd34 took 14 ms at 127.0.0.2:90", 1_000)),
    );
    expect(differential([...controls, other, ...incidents(say)])).toEqual([]);
    expect(masked("pool-1 of a1b2c3d4-0000-1111-2222-abcdefabcdef, app-2Qb82x")).toBe("pool-# of #, app-#");
  });
  it("is not a known consequence of failing", () => {
    const say: Say = (sink) => sink.log(line("java.lang.OutOfMemoryError: Java heap space", 90_000));
    expect(differential([...controls, ...incidents(say)])).toEqual([]);
  });
  it("is not what several clusters happen to say in quiet time, but what one says is", () => {
    const rare: Say = (sink) => sink.log(line("rotated the catalogue", 1_000));
    const two = [spoken("x", true, rare), spoken("y", true, rare), ...incidents(() => undefined, 11)];
    expect(differential([...controls, ...two])).toEqual([]);
    const same = [spoken("x", true, rare, "k"), spoken("y", true, rare, "k"), ...incidents(() => undefined, 11)];
    expect(differential([...controls, ...same])).toMatchObject([{ word: "rotated the catalogue", in: ["x", "y"] }]);
  });
  it("leaves out places that hold free text", () => {
    const typed: Say = (sink) => {
      for (let i = 0; i < 70; i++)
        sink.span({ ...span, attributes: { q: `${"abcdefghij"[i % 10]}${"klmnopq"[Math.floor(i / 10)]}` } });
    };
    expect(differential([...controls, ...incidents(typed, 1)])?.map(({ place }) => place)).toEqual([
      "attribute of a span",
    ]);
  });
});

it("has the chance that nothing but luck keeps a word out of the controls", () => {
  // C(13, 13) / C(17, 13) = 1 / 2380; C(13, 1) / C(17, 1) = 13 / 17.
  expect(onlyAmong(13, 13, 4)).toBeCloseTo(1 / 2_380, 12);
  expect(onlyAmong(1, 13, 4)).toBeCloseTo(13 / 17, 12);
  expect(onlyAmong(0, 13, 4)).toBe(1);
});
