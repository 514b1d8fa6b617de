import fc from "fast-check";
import type { Point, Span } from "../../telemetry/model.ts";
import { BACK, START, type Told } from "./hamlet.ts";
import { chance } from "./random.ts";

/** Something that telemetry of the real world does to an agent. */
export type Hostility = (told: Told, random: () => number) => Told;

const ODD_NAMES = ["", " ", "my service", "a->b", "->", "a\nb", "__proto__", "constructor", "$&", "x".repeat(5_000)];
const ODD_NUMBERS = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, 0, 1e308, -1e308, 5e-324];
const ODD_TIMES = [Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 1, START - 1e9, START + 1e9, 2 ** 64 / 1e6];
const ODD_UNITS = ["", "constructor", "__proto__", "ms", "%", "\u{1f4a5}"];

type Sent = { readonly component: string; readonly instance: string; readonly arrival: number };
const each = (told: Told, change: <T extends Sent>(one: T) => T): Told => ({
  spans: told.spans.map((one) => change(one)),
  logs: told.logs.map((one) => change(one)),
  points: told.points.map((one) => change(one)),
});
const some = <T>(all: readonly T[], share: number, random: () => number, change: (one: T) => T): readonly T[] =>
  all.map((one) => (random() < share ? change(one) : one));
const one = <T>(of: readonly T[], random: () => number): T => of[Math.floor(random() * of.length)] as T;

/** Moves all times of one service, as its clock has it; they arrive when they arrive. */
export const skewed = (component: string, by: number): Hostility => (told) => {
  const mine = ({ component: name }: Sent) => name === component;
  return {
    spans: told.spans.map((span) => (mine(span) ? { ...span, start: span.start + by, end: span.end + by } : span)),
    logs: told.logs.map((line) => (mine(line) ? { ...line, at: line.at + by } : line)),
    points: told.points.map((point) => (mine(point) ? { ...point, at: point.at + by, start: point.start + by } : point)),
  };
}; // biome-ignore format: one shape
const duplicated =
  (share: number): Hostility =>
  (told, random) => {
    const twice = <T extends Sent>(all: readonly T[]) =>
      all.flatMap((record) => (random() < share ? [record, { ...record, arrival: record.arrival + 2_000 }] : [record]));
    return { spans: twice(told.spans), logs: twice(told.logs), points: twice(told.points) };
  };
const late =
  (most: number): Hostility =>
  (told, random) =>
    each(told, (record) => ({ ...record, arrival: record.arrival + random() * most }));
const onSpans = (share: number, change: (span: Span, random: () => number, all: readonly Span[]) => Span): Hostility =>
  (told, random) => ({ ...told, spans: some(told.spans, share, random, (span) => change(span, random, told.spans)) }); // biome-ignore format: one shape
const onPoints = (share: number, change: (point: Point, random: () => number) => Point): Hostility =>
  (told, random) => ({ ...told, points: some(told.points, share, random, (point) => change(point, random)) }); // biome-ignore format: one shape
const kept =
  (spans: number, logs: number, points: number): Hostility =>
  (told) => ({
    spans: told.spans.slice(0, spans),
    logs: told.logs.slice(0, logs),
    points: told.points.slice(0, points),
  });
const inPlace = (told: Told, name: (old: string, at: number) => string): Told =>
  each(told, (record) => ({ ...record, component: name(record.component, record.arrival) }));

const share = fc.constantFrom(0.01, 0.1, 0.5, 1);
const minutes = fc.integer({ min: -15, max: 15 }).map((of) => of * 60_000);
/** One hostility with what it needs, named for the counterexample. */
const HOSTILITIES = {
  nothing: fc.constant(kept(0, 0, 0)),
  "one span": fc.constant(kept(1, 0, 0)),
  "one point": fc.constant(kept(0, 0, 1)),
  "no spans": fc.constant(kept(0, 1e9, 1e9)),
  "a clock that is off": minutes.map((by) => skewed(BACK, by)),
  duplicates: share.map(duplicated),
  "late and out of order": fc.integer({ min: 1, max: 90_000 }).map(late),
  "parents in a circle": share.map((of) => onSpans(of, (span, random, all) => {
    const other = one(all, random);
    return { ...span, trace: other.trace, parent: other.id };
  })),
  "its own parent": share.map((of) => onSpans(of, (span) => ({ ...span, parent: span.id }))),
  "parents that never come": share.map((of) => onSpans(of, (span) => ({ ...span, parent: `lost ${span.id}` }))),
  "calls to itself": share.map((of) => onSpans(of, (span) => ({ ...span, component: BACK }))),
  "negative durations": share.map((of) => onSpans(of, (span) => ({ ...span, start: span.end, end: span.start }))),
  "times that cannot be": share.map((of) => onSpans(of, (span, random) => ({ ...span, [random() < 0.5 ? "start" : "end"]: one(ODD_TIMES, random) }))),
  "points at times that cannot be": share.map((of) => onPoints(of, (point, random) => ({ ...point, at: one(ODD_TIMES, random) }))),
  "values that are no measurements": share.map((of) => onPoints(of, (point, random) => ({ ...point, value: one(ODD_NUMBERS, random), count: one(ODD_NUMBERS, random) }))),
  "odd units": share.map((of) => onPoints(of, (point, random) => ({ ...point, unit: one(ODD_UNITS, random) }))),
  "odd statuses": share.map((of) => onSpans(of, (span, random) => ({ ...span, attributes: { "http.response.status_code": one<number | string>([...ODD_NUMBERS, "1e999", "x"], random) } }))),
  "huge texts": share.map((of) => onSpans(of * 0.1, (span) => ({ ...span, failed: true, attributes: { ...span.attributes, "db.namespace": "y".repeat(1e5) }, exceptions: [{ type: "UND_ERR_".repeat(1e4), message: "call ".repeat(2e4) }] }))),
  "every name another": share.map((of) => onSpans(of, (span, random) => ({ ...span, name: `GET /${random()}` }))),
  "a service renamed": fc.constant<Hostility>((told) => inPlace(told, (name, at) => (name === BACK && at > START + 90_000 ? "back-v2" : name))),
  "odd names": fc.constantFrom(...ODD_NAMES).map((odd): Hostility => (told) => inPlace(told, (name) => (name === BACK ? odd : name))),
  "instances without a name": fc.constant<Hostility>((told) => each(told, (record) => ({ ...record, instance: "" }))),
  "an instance a request": fc.constant<Hostility>((told, random) => each(told, (record) => ({ ...record, instance: String(random()) }))),
}; // biome-ignore format: a table reads better than a column

/** Up to three hostilities at once, in any order, on what the hamlet tells. */
export const hostile = fc
  .record({
    seed: fc.integer({ min: 1, max: 1_000 }),
    kinds: fc.uniqueArray(
      fc
        .constantFrom(...(Object.keys(HOSTILITIES) as (keyof typeof HOSTILITIES)[]))
        .chain((name) => HOSTILITIES[name].map((hostility) => ({ name, hostility }))),
      { minLength: 1, maxLength: 3, selector: ({ name }) => name },
    ),
  })
  .map(({ seed, kinds }) => ({
    names: kinds.map(({ name }) => name),
    spoil: (told: Told): Told => {
      const random = chance(seed);
      return kinds.reduce((before, { hostility }) => hostility(before, () => random.next()), told);
    },
  }));
