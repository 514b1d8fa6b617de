import type { Attributes, Component, ComponentCard, Instant, Window } from "./model.ts";
import { lowerBound } from "./order.ts";

/** One instance of a component: when it was heard of, and what it said of itself. */
interface Voice {
  /** Whole seconds in which something of it arrived, rising. */
  readonly seconds: number[];
  readonly attributes: { readonly arrival: Instant; readonly attributes: Attributes; readonly text: string }[];
}
const SECOND = 1_000;

/** Who has been heard of, and when: the guest book of the store. */
export class Heard {
  readonly #voices = new Map<Component, Map<string, Voice>>();
  readonly #virtual = new Map<Component, number[]>();

  note(component: Component, instance: string, arrival: Instant): void {
    mark(this.#voice(component, instance).seconds, arrival);
  }
  noteVirtual(component: Component, arrival: Instant): void {
    let seconds = this.#virtual.get(component);
    if (!seconds) {
      seconds = [];
      this.#virtual.set(component, seconds);
    }
    mark(seconds, arrival);
  }
  describe(component: Component, instance: string, attributes: Attributes, arrival: Instant): void {
    const known = this.#voice(component, instance).attributes;
    const text = JSON.stringify(attributes);
    if (known.at(-1)?.text !== text) known.push({ arrival, attributes, text });
  }
  isService(component: Component): boolean {
    return this.#voices.has(component);
  }

  /** Components of which something arrived in the window, by name; `until` is the last instant that may be seen. */
  cards({ from, to }: Window, until: Instant): ComponentCard[] {
    const end = Math.min(to, until + 1);
    const cards: ComponentCard[] = [];
    for (const [component, voices] of this.#voices) {
      const spoke = [...voices].filter(([, { seconds }]) => within(seconds, from, end));
      if (spoke.length > 0) cards.push(serviceCard(component, spoke, voices, end));
    }
    for (const [component, seconds] of this.#virtual) {
      if (this.#voices.has(component) || !within(seconds, from, end)) continue;
      const span = { first: first(seconds), last: lastBefore(seconds, end) };
      cards.push({ component, kind: "virtual", instances: [], attributes: {}, ...span });
    }
    return cards.sort((a, b) => (a.component < b.component ? -1 : 1));
  }

  #voice(component: Component, instance: string): Voice {
    let voices = this.#voices.get(component);
    if (!voices) {
      voices = new Map();
      this.#voices.set(component, voices);
    }
    let voice = voices.get(instance);
    if (!voice) {
      voice = { seconds: [], attributes: [] };
      voices.set(instance, voice);
    }
    return voice;
  }
}

function serviceCard(
  component: Component,
  spoke: readonly (readonly [string, Voice])[],
  voices: ReadonlyMap<string, Voice>,
  end: Instant,
): ComponentCard {
  const [, newest] = [...spoke].sort((a, b) => first(b[1].seconds) - first(a[1].seconds))[0] ?? [];
  const said = newest?.attributes.filter(({ arrival }) => arrival < end).at(-1);
  return {
    component,
    kind: "service",
    instances: spoke.map(([instance]) => instance).sort(),
    attributes: said?.attributes ?? {},
    // Folded, not spread: there may be more instances than a call may have arguments.
    first: voices.values().reduce((least, { seconds }) => Math.min(least, first(seconds)), Number.POSITIVE_INFINITY),
    last: spoke.reduce((most, [, { seconds }]) => Math.max(most, lastBefore(seconds, end)), Number.NEGATIVE_INFINITY),
  };
}

function mark(seconds: number[], arrival: Instant): void {
  const second = Math.floor(arrival / SECOND);
  if ((seconds.at(-1) ?? -1) < second) seconds.push(second);
}
const first = (seconds: readonly number[]): Instant => (seconds[0] ?? 0) * SECOND;
const lastBefore = (seconds: readonly number[], end: Instant): Instant =>
  (seconds[lowerBound(seconds, Math.ceil(end / SECOND), (one) => one) - 1] ?? 0) * SECOND;

/** Whether a second in which something arrived overlaps `from <= t < end`. */
function within(seconds: readonly number[], from: Instant, end: Instant): boolean {
  const next = seconds[lowerBound(seconds, Math.floor(from / SECOND), (one) => one)];
  return next !== undefined && next * SECOND < end;
}
