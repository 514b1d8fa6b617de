import type { Attributes, Component, ComponentCard, Instant, Window } from "./model.ts";
import { JUST_AFTER, Numbers } from "./order.ts";

/** One instance of a component: when it was heard of, and what it said of itself. */
interface Voice {
  /** Instants at which something of it arrived, rising, each once. */
  readonly arrivals: Numbers;
  readonly attributes: { readonly arrival: Instant; readonly attributes: Attributes; readonly text: string }[];
}

/** Who has been heard of, and when: the guest book of the store. */
export class Heard {
  readonly #voices = new Map<Component, Map<string, Voice>>();
  readonly #virtual = new Map<Component, Numbers>();

  note(component: Component, instance: string, arrival: Instant): void {
    mark(this.#voice(component, instance).arrivals, arrival);
  }
  noteVirtual(component: Component, arrival: Instant): void {
    let arrivals = this.#virtual.get(component);
    if (!arrivals) {
      arrivals = new Numbers();
      this.#virtual.set(component, arrivals);
    }
    mark(arrivals, arrival);
  }
  describe(component: Component, instance: string, attributes: Attributes, arrival: Instant): void {
    const known = this.#voice(component, instance).attributes;
    const text = JSON.stringify(attributes);
    if (known.at(-1)?.text !== text) known.push({ arrival, attributes, text });
  }

  /** Components of which something arrived in the window, by name; `until` is the last instant that may be seen. */
  cards({ from, to }: Window, until: Instant): ComponentCard[] {
    const end = Math.min(to, until + JUST_AFTER);
    const cards: ComponentCard[] = [];
    for (const [component, voices] of this.#voices) {
      const spoke = [...voices].filter(([, { arrivals }]) => within(arrivals, from, end));
      if (spoke.length > 0) cards.push(serviceCard(component, spoke, voices, end));
    }
    for (const [component, arrivals] of this.#virtual) {
      if (this.#isService(component, until + JUST_AFTER) || !within(arrivals, from, end)) continue;
      const span = { first: arrivals.at(0), last: lastBefore(arrivals, end) };
      cards.push({ component, kind: "virtual", instances: [], attributes: {}, ...span });
    }
    return cards.sort((a, b) => (a.component < b.component ? -1 : 1));
  }

  /** Whether it had sent or been described before `end`: what it does later is not known yet. */
  #isService(component: Component, end: Instant): boolean {
    const voices = this.#voices.get(component)?.values() ?? [];
    return [...voices].some(
      ({ arrivals, attributes }) => firstOf(arrivals) < end || (attributes[0]?.arrival ?? end) < end,
    );
  }

  #voice(component: Component, instance: string): Voice {
    let voices = this.#voices.get(component);
    if (!voices) {
      voices = new Map();
      this.#voices.set(component, voices);
    }
    let voice = voices.get(instance);
    if (!voice) {
      voice = { arrivals: new Numbers(), attributes: [] };
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
  const [, newest] = [...spoke].sort((a, b) => b[1].arrivals.at(0) - a[1].arrivals.at(0))[0] ?? [];
  const said = newest?.attributes.filter(({ arrival }) => arrival < end).at(-1);
  return {
    component,
    kind: "service",
    instances: spoke.map(([instance]) => instance).sort(),
    attributes: said?.attributes ?? {},
    // Folded, not spread: there may be more instances than a call may have arguments.
    first: voices
      .values()
      .reduce((least, { arrivals }) => Math.min(least, firstOf(arrivals)), Number.POSITIVE_INFINITY),
    last: spoke.reduce((most, [, { arrivals }]) => Math.max(most, lastBefore(arrivals, end)), Number.NEGATIVE_INFINITY),
  };
}

/** Records enter in order of arrival; one export brings many at once. */
function mark(arrivals: Numbers, arrival: Instant): void {
  if (arrivals.length === 0 || arrival > arrivals.at(arrivals.length - 1)) arrivals.push(arrival);
}
/** Who was described and has sent nothing has no first arrival. */
const firstOf = (arrivals: Numbers): Instant => (arrivals.length === 0 ? Number.POSITIVE_INFINITY : arrivals.at(0));
/** Of arrivals of which at least one is before `end`. */
const lastBefore = (arrivals: Numbers, end: Instant): Instant => arrivals.at(arrivals.lowerBound(end) - 1);

/** Whether something arrived at `from <= t < end`. */
function within(arrivals: Numbers, from: Instant, end: Instant): boolean {
  const next = arrivals.lowerBound(from);
  return next < arrivals.length && arrivals.at(next) < end;
}
