import type { Attributes, ExceptionRecord, Instant, TelemetrySink } from "../../agent/telemetry/model.ts";

/** Where a word is said: `span name`, `log line`, `attribute of a span`, ... */
export type Place = string;
/** What a recording says, in which places, and when it came first. Numbers, ids and addresses in it are one and the same. */
export interface Vocabulary {
  readonly words: ReadonlyMap<Place, ReadonlyMap<string, Instant>>;
}

/** Gathers what a recording says while it is poured. */
export function vocabulary(): { readonly sink: TelemetrySink; readonly heard: Vocabulary } {
  const words = new Map<Place, Map<string, Instant>>();
  const templates = new Map<string, string>();
  const templateOf = (text: string): string => {
    const known = templates.get(text);
    if (known !== undefined) return known;
    const template = masked(text);
    if (templates.size < MOST) templates.set(text, template);
    return template;
  };
  const say = (place: Place, text: string, at: Instant): void => {
    const own = words.get(place) ?? new Map<string, Instant>();
    const template = templateOf(text);
    own.set(template, Math.min(at, own.get(template) ?? at));
    words.set(place, own);
  };
  const attributes = (of: string, all: Attributes, at: Instant): void => {
    for (const [key, value] of Object.entries(all)) {
      say(`attribute of a ${of}`, key, at);
      if (typeof value === "string") say(`${key} of a ${of}`, value, at);
    }
  };
  const exception = ({ type, message }: ExceptionRecord, at: Instant): void =>
    say("exception", `${type}: ${firstLine(message)}`, at);
  const sink: TelemetrySink = {
    span({ name, attributes: own, exceptions, arrival }) {
      say("span name", name, arrival);
      attributes("span", own, arrival);
      for (const one of exceptions) exception(one, arrival);
    },
    log({ body, attributes: own, exception: thrown, arrival }) {
      say("log line", firstLine(body), arrival);
      attributes("log line", own, arrival);
      if (thrown) exception(thrown, arrival);
    },
    point({ metric, unit, attributes: own, arrival }) {
      say("metric", `${metric} (${unit})`, arrival);
      attributes("metric", own, arrival);
    },
    change({ kind, summary, status, arrival }) {
      say("change", `${kind} ${status}: ${summary}`, arrival);
    },
    object({ kind, reason, attributes: own, arrival }) {
      say("object", `${kind} ${reason}`, arrival);
      attributes("object", own, arrival);
    },
    // Among them what a process calls itself, and how it was started.
    resource: (_component, _instance, own, arrival) => attributes("process or resource", own, arrival),
  };
  return { sink, heard: { words } };
}
const MOST = 200_000;

/** Stacks and dumps: what was said is in the first line. */
const firstLine = (text: string): string => (text.split("\n", 1)[0] ?? "").slice(0, LONGEST);
const LONGEST = 300;

const IDS = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/giu;
/** Six and more letters and digits with both among them: ids, hashes, names of temporary folders. */
const MIXED = /\b(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{6,}\b/giu;
const NUMBER = /\d+(?:[.,:]\d+)*/gu;

/** The same text with ids and numbers as `#`. */
export const masked = (text: string): string =>
  text
    .replace(IDS, "#")
    .replace(MIXED, "#")
    .replace(NUMBER, "#")
    .replace(/#(?:[ ,;./:-]*#)+/gu, "#");
