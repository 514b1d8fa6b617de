import { describe, expect, it } from "vitest";
import { HarnessError } from "../../generator/harness-error.ts";
import type { Attempt } from "./attempt.ts";
import { type Drill, type Tally, withAttempt } from "./order.ts";
import { type Book, type Ground, type Played, playAll } from "./play-all.ts";
import type { Quiet } from "./quiet.ts";
import { attempt, invalid } from "./testing/samples.ts";

const never = new AbortController().signal;
const QUIET: Quiet = { from: 1, to: 2 };

/** How one attempt at a drill goes: an outcome, whether users are well after it; or why it could not be held. */
type Course = { readonly came: Attempt; readonly quiet: Quiet | undefined } | Error;
const well = (came: Attempt): Course => ({ came, quiet: QUIET });

interface Staged {
  readonly ground: Ground;
  readonly book: Book & { tally(): Tally };
  readonly log: string[];
}

/** Plays courses instead of drills, and writes down what happens. */
function staged(
  courses: Readonly<Record<string, readonly Course[]>>,
  done: Readonly<Record<string, readonly Attempt[]>> = {},
): Staged {
  const log: string[] = [];
  let tally: Tally = Object.keys(courses).map((scenario) => ({ scenario, seed: 1, attempts: done[scenario] ?? [] }));
  const ground: Ground = {
    incident: () => true,
    async play({ scenario }, nth, quiet): Promise<Played> {
      log.push(`play ${scenario} ${nth}${quiet ? " after quiet" : ""}`);
      const course = courses[scenario]?.[nth];
      if (course === undefined) throw new TypeError("nothing was planned");
      if (course instanceof Error) throw course;
      const finish = async (): Promise<Attempt> => {
        // Judging takes longer than the next drill needs to begin.
        await new Promise((resolve) => setTimeout(resolve, 5));
        return course.came;
      };
      return { quiet: course.quiet, finish };
    },
    async clear() {
      log.push("clear");
    },
  };
  const book = {
    tally: () => tally,
    async note(drill: Drill, came: Attempt) {
      log.push(`note ${drill.scenario} ${came.state}`);
      tally = withAttempt(tally, drill, came);
    },
  };
  return { ground, book, log };
}

describe("a suite", () => {
  it("plays its drills in a row, each after the quiet time of the one before, judged while the next begins", async () => {
    const { ground, book, log } = staged({ a: [well(attempt())], b: [well(attempt({ state: "wrong" }))] });
    await playAll(ground, book, never);
    expect(log).toEqual(["play a 0", "play b 0 after quiet", "note a correct", "note b wrong"]);
  });
  it("tries once more, at the end, what did not count, and no more", async () => {
    const { ground, book, log } = staged({
      a: [well(invalid), well(invalid)],
      b: [well(attempt())],
      c: [well(invalid), well(attempt())],
    });
    await playAll(ground, book, never);
    expect(log.filter((one) => one.startsWith("play")).map((one) => one.slice(5, 8))).toEqual([
      "a 0",
      "b 0",
      "c 0",
      "a 1",
      "c 1",
    ]);
    expect(book.tally().map(({ attempts }) => attempts.map(({ state }) => state))).toEqual([
      ["invalid", "invalid"],
      ["correct"],
      ["invalid", "correct"],
    ]);
  });
  it("starts the apps anew when users were not well again, and when a drill could not be held", async () => {
    const { ground, book, log } = staged({
      a: [{ came: attempt(), quiet: undefined }],
      b: [new Error("an app died"), well(attempt())],
      c: [well(attempt())],
    });
    await playAll(ground, book, never);
    expect(log).toEqual([
      "play a 0",
      "clear",
      "play b 0",
      "note a correct",
      "note b failed",
      "clear",
      "play c 0",
      "play b 1 after quiet",
      "note c correct",
      "note b correct",
    ]);
  });
  it("goes on where it was interrupted: what counts is not run again, what does not gets its second attempt", async () => {
    const { ground, book, log } = staged(
      { a: [], b: [well(invalid), well(attempt())], c: [well(attempt())] },
      { a: [attempt()], b: [invalid] },
    );
    await playAll(ground, book, never);
    expect(log.filter((one) => one.startsWith("play"))).toEqual(["play c 0", "play b 1 after quiet"]);
  });
  it("ends when something is left behind, and what has been played is noted", async () => {
    const { ground, book, log } = staged({ a: [{ came: attempt(), quiet: undefined }], b: [well(attempt())] });
    const left = new HarnessError("left behind", { hint: "", exitCode: 1 });
    await expect(playAll({ ...ground, clear: () => Promise.reject(left) }, book, never)).rejects.toBe(left);
    expect(log).toEqual(["play a 0", "note a correct"]);
  });
  it("ends at once when the signal comes, and what has been played is noted", async () => {
    const { ground, book, log } = staged({ a: [well(attempt())], b: [well(attempt())] });
    const stop = new AbortController();
    const why = new Error("interrupted");
    const play: Ground["play"] = (drill, ...rest) => {
      if (drill.scenario !== "b") return ground.play(drill, ...rest);
      stop.abort(why);
      return Promise.reject(why);
    };
    await expect(playAll({ ...ground, play }, book, stop.signal)).rejects.toBe(why);
    expect(log).toEqual(["play a 0", "note a correct"]);
  });
  it("does not begin on a machine that lacks something, but no later lack ends it", async () => {
    const lacks = new HarnessError("no JDK", { hint: "", exitCode: 3 });
    const first = staged({ a: [lacks] });
    await expect(playAll(first.ground, first.book, never)).rejects.toBe(lacks);
    const later = staged({ a: [well(attempt())], b: [lacks, lacks] });
    await playAll(later.ground, later.book, never);
    expect(later.book.tally()[1]?.attempts).toMatchObject([{ state: "failed", why: ["no JDK"] }, { state: "failed" }]);
  });
});
