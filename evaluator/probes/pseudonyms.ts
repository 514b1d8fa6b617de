import type { Component, TelemetrySink } from "../../agent/telemetry/model.ts";
import { wordPattern } from "../secrets.ts";

/** A way of calling components by other names, and back; both leave everything else in a text as it is. */
export interface Pseudonyms {
  rename(text: string): string;
  restore(text: string): string;
}

/**
 * A neutral word for each name, in an order drawn by `random`: it tells neither what a component is nor where its name
 * stood in the alphabet.
 */
export function pseudonymsOf(names: Iterable<Component>, random: () => number): Pseudonyms {
  const known = [...new Set(names)].sort();
  const drawn = known.map((name) => ({ name, place: random() })).sort((a, b) => a.place - b.place);
  const there = new Map(drawn.map(({ name }, i) => [name, `unit${letters(i)}`]));
  const back = new Map([...there].map(([name, pseudonym]) => [pseudonym, name]));
  return { rename: replacing(there), restore: replacing(back) };
}

/** Two letters for each of 676, then three. */
function letters(i: number): string {
  const one = (n: number): string => String.fromCharCode(97 + (n % 26));
  return (i >= 676 ? one(Math.floor(i / 676) - 1) : "") + one(Math.floor(i / 26)) + one(i);
}

/** Whole words, the longest name first, so that no name is taken for a part of another. */
function replacing(names: ReadonlyMap<string, string>): (text: string) => string {
  if (names.size === 0) return (text) => text;
  const pattern = wordPattern([...names.keys()].sort((a, b) => b.length - a.length));
  const known = new Map<string, string>();
  const lower = new Map([...names].map(([name, other]) => [name.toLowerCase(), other]));
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const replaced = text.replace(pattern, (name) => lower.get(name.toLowerCase()) ?? name);
    // Most texts are said thousands of times; some only once, and they must not pile up.
    if (known.size < MOST) known.set(text, replaced);
    return replaced;
  };
}
const MOST = 100_000;

/** The same value with each text in it, but for the names of its fields, changed. */
export function inTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === "string") return change(value) as T;
  if (Array.isArray(value)) return value.map((one) => inTexts(one, change)) as T;
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inTexts(one, change)])) as T;
}

/** Records go on with all components called by other names, wherever a text of them names one. */
export function renaming(sink: TelemetrySink, rename: (text: string) => string): TelemetrySink {
  return {
    span: (span) => sink.span(inTexts(span, rename)),
    log: (record) => sink.log(inTexts(record, rename)),
    // Names of metrics are conventions, and units are: they name no component.
    point: (point) => sink.point({ ...inTexts(point, rename), metric: point.metric, unit: point.unit }),
    change: (change) => sink.change(inTexts(change, rename)),
    object: (object) => sink.object(inTexts(object, rename)),
    resource: (component, instance, attributes, arrival) =>
      sink.resource(rename(component), rename(instance), inTexts(attributes, rename), arrival),
  };
}
