import { describe, expect, it } from "vitest";
import { fromOtlpJson } from "../agent/sources/otlp-codec.ts";
import type { Change, ClusterObject } from "../agent/telemetry/model.ts";
import { type Inlet, openFeed } from "./feed.ts";

const request = fromOtlpJson("traces", {});
const change = (arrival: number): Change => ({
  id: "c", at: arrival, component: "a", kind: "job", summary: "", status: "succeeded", arrival,
}); // biome-ignore format: one shape
const object = (arrival: number): ClusterObject => ({
  at: arrival, component: "a", instance: "i", kind: "process", reason: "ready", attributes: {}, arrival,
}); // biome-ignore format: one shape

/** Writes down what enters, as `what arrival`. */
function notes(): Inlet & { readonly all: string[] } {
  const all: string[] = [];
  return {
    all,
    accept: (_, arrival) => void all.push(`request ${arrival}`),
    object: ({ arrival }) => void all.push(`object ${arrival}`),
    change: ({ arrival }) => void all.push(`change ${arrival}`),
  };
}

describe("the feed", () => {
  it("gives a drill what came since its quiet time began, in order, then what comes", () => {
    const feed = openFeed();
    feed.accept(request, 1);
    feed.change(change(2));
    feed.object(object(3));
    feed.accept(request, 4);
    const drill = notes();
    feed.attach(drill, 2);
    feed.accept(request, 5);
    expect(drill.all).toEqual(["change 2", "object 3", "request 4", "request 5"]);
  });
  it("keeps for the next drill only what came after it was told to", () => {
    const feed = openFeed();
    const [first, second] = [notes(), notes()];
    feed.attach(first, 0);
    feed.accept(request, 1);
    feed.keep();
    feed.accept(request, 2);
    feed.detach();
    feed.accept(request, 3);
    feed.attach(second, 0);
    expect(first.all).toEqual(["request 1", "request 2"]);
    expect(second.all).toEqual(["request 2", "request 3"]);
  });
  it("keeps nothing while a drill takes all, unless told to", () => {
    const feed = openFeed();
    feed.attach(notes(), 0);
    feed.accept(request, 1);
    feed.detach();
    const next = notes();
    feed.attach(next, 0);
    expect(next.all).toEqual([]);
  });
  it("keeps at most five minutes", () => {
    const feed = openFeed();
    for (const arrival of [0, 100_000, 300_000, 400_000]) feed.accept(request, arrival);
    const drill = notes();
    feed.attach(drill, 0);
    expect(drill.all).toEqual(["request 100000", "request 300000", "request 400000"]);
  });
});
