import type { Diagnosis, Finding } from "../investigation.ts";
import type { Component, Instant, Telemetry } from "../telemetry/model.ts";
import { alarmOf } from "./alarm.ts";
import { allClear, closing } from "./all-clear.ts";
import { ENOUGH, historyBins } from "./baseline.ts";
import { addSpans, BIN, type Bin, binOf, closeBins, emptyRollup, KEPT_FOR, type Rollup } from "./bins.ts";
import { componentOf, emptyWatch, isQuiet, raise, type Watch, watch } from "./detect.ts";
import { differs, investigate } from "./investigate.ts";
import { addLogs, emptyLogBook, type LogBook } from "./logs.ts";
import { earliest } from "./onset.ts";
import { addReadings, emptyReadings, type Readings } from "./readings.ts";
import { rulesFired } from "./rules.ts";
import { entriesOf, learnQuiet, type Quiet, samplesOf } from "./samples.ts";
import { INCOMPLETE, lookBack, type Past, sceneOf } from "./scene.ts";
import { summarize } from "./summary.ts";

/** An incident from its alarm to its all-clear. */
export interface Incident {
  readonly raisedAt: Instant;
  readonly onset: Instant;
  readonly hurt: ReadonlySet<Component>;
  readonly onsets: ReadonlyMap<Component, Instant>;
  readonly past: Past;
  /** Looks taken so far, and what was last said. */
  readonly looks: number;
  readonly said: Diagnosis | undefined;
}
/** All that an agent remembers. The books inside are owned by the fold and grow in place. */
export interface State {
  readonly rollup: Rollup;
  readonly book: LogBook;
  readonly readings: Readings;
  readonly watch: Watch;
  /** Everything that arrived before has been taken in. */
  readonly taken: Instant;
  readonly quiet: Quiet | undefined;
  /** Bins of incidents, their approach and their aftermath. */
  readonly excluded: readonly (readonly [Bin, Bin])[];
  readonly incident: Incident | undefined;
  /** Bins closed at which the norms were last learnt. */
  readonly learnt: Bin;
}
export const start = (): State => ({
  rollup: emptyRollup(),
  book: emptyLogBook(),
  readings: emptyReadings(),
  watch: emptyWatch,
  taken: 0,
  quiet: undefined,
  excluded: [],
  incident: undefined,
  learnt: 0,
});

/** Telemetry time of each look after the alarm. H. */
const LOOKS: readonly number[] = [0, 15_000, 30_000, 60_000];
const CLEAR_BINS = 6;
/** A minute before and after an incident is not quiet time. H. */
const GUARD = 12;
/** An excursion this large may become an alarm: learn nothing from it, for at most this many bins. H. */
const RISING = 8;
const PATIENCE = 12;

/** One tick: takes in what has arrived, closes bins, and says what there is to say. */
export function step(
  state: State,
  now: Instant,
  telemetry: Telemetry,
): { readonly state: State; readonly say: readonly Finding[] } {
  const arrived = { from: state.taken, to: now };
  addSpans(state.rollup, telemetry.spans({ arrived }), now - KEPT_FOR);
  addLogs(state.book, telemetry.logs({ arrived, severity: 13 }));
  addReadings(state.readings, telemetry, now, state.rollup.first);
  let next: State = { ...state, taken: now };
  const say: Finding[] = [];
  for (const bin of closeBins(state.rollup, now)) {
    const taught = learnFrom(next);
    if (taught.quiet && !next.quiet)
      say.push({ kind: "learned", baseline: summarize(taught.rollup, taught.readings, taught.quiet) });
    next = taught.quiet ? { ...taught, watch: watched(taught, bin, taught.quiet) } : taught;
  }
  if (!next.quiet) return { state: next, say };
  const after = next.incident ? follow(next, next.incident, now, telemetry) : look(next, next.quiet, now, telemetry);
  return { state: after.state, say: [...say, ...after.say] };
}

function watched(state: State, bin: Bin, quiet: Quiet): Watch {
  return watch(state.watch, bin, samplesOf(state.rollup, bin, quiet).samples, quiet.history.length).state;
}

/** Learns the norms anew while nothing is rising. */
function learnFrom(state: State): State {
  const { rollup, excluded, incident, quiet, learnt } = state;
  const every = (quiet?.history.length ?? 0) < 36 ? 1 : 6;
  if (incident || rollup.closed - learnt < every) return state;
  const rising = state.watch.lanes.values().some((lane) => lane.g > RISING);
  if (quiet && rising && rollup.closed - learnt < PATIENCE) return state;
  const bins = historyBins(rollup, (bin) => excluded.some(([from, to]) => bin >= from && bin < to));
  if (bins.length < ENOUGH) return state;
  const found = learnQuiet(rollup, bins);
  if (found.users.size === 0) return state;
  return { ...state, quiet: found, learnt: rollup.closed };
}

interface Stepped {
  readonly state: State;
  readonly say: readonly Finding[];
}

function look(state: State, quiet: Quiet, now: Instant, telemetry: Telemetry): Stepped {
  const rules = rulesFired(state.rollup, state.readings, quiet, telemetry, now);
  const firings = raise(state.watch, rules);
  const [first] = firings ?? [];
  if (!firings || !first) return { state, say: [] };
  const since = earliest(
    [...state.watch.lanes].filter(([key]) => key.endsWith("users")).map(([, lane]) => lane),
    Math.min(...firings.map((firing) => firing.since)),
  );
  const onset = Math.max(since, binOf(now) - 24) * BIN;
  const incident: Incident = {
    raisedAt: now,
    onset,
    hurt: new Set(firings.filter((firing) => firing.userFacing).map((firing) => firing.component)),
    onsets: onsetsOf(state.watch),
    past: lookBack(telemetry, quiet.history, onset),
    looks: 0,
    said: undefined,
  };
  const baseline = summarize(state.rollup, state.readings, quiet);
  const told = alarmOf(state.rollup, quiet, firings, first);
  const followed = follow({ ...state, incident }, incident, now, telemetry);
  return { state: followed.state, say: [{ kind: "learned", baseline }, told, ...followed.say] };
}

function onsetsOf(state: Watch): ReadonlyMap<Component, Instant> {
  const onsets = new Map<Component, Instant>();
  for (const [key, lane] of state.lanes) {
    const component = componentOf(key);
    if (lane.g <= RISING || lane.since === undefined) continue;
    onsets.set(component, Math.min(onsets.get(component) ?? Number.POSITIVE_INFINITY, lane.since * BIN));
  }
  return onsets;
}

/** Looks at the incident when a look is due, and ends it when users are well again. */
function follow(state: State, incident: Incident, now: Instant, telemetry: Telemetry): Stepped {
  const { quiet } = state;
  if (!quiet) return { state, say: [] };
  if (now - incident.raisedAt >= CLEAR_BINS * BIN && isQuiet(state.watch, CLEAR_BINS))
    return clear(state, incident, now, telemetry);
  const due = LOOKS[incident.looks] ?? Number.POSITIVE_INFINITY;
  // Before a bin has passed whole there is nothing to compare.
  const earliestLook = Math.max(incident.raisedAt + due, incident.onset + BIN + INCOMPLETE);
  if (now < earliestLook) return { state, say: [] };
  const scene = sceneOf(telemetry, now, incident.onset, {
    ...state,
    quiet,
    entries: entriesOf(quiet),
    past: incident.past,
  });
  const { onsets, hurt, raisedAt, said } = incident;
  const previous = said?.hypotheses[0]?.component;
  const found = investigate({ scene, onsets, hurt, raisedAt, ...(previous === undefined ? {} : { previous }) });
  // The last look is said in any case: it has seen the most.
  const news = differs(said, found) || incident.looks + 1 === LOOKS.length;
  const looked = { ...incident, looks: incident.looks + 1, said: news ? found : said };
  return { state: { ...state, incident: looked }, say: news ? [found] : [] };
}

function clear(state: State, incident: Incident, now: Instant, telemetry: Telemetry): Stepped {
  const from = binOf(incident.onset) - GUARD;
  const excluded = [...state.excluded, [from, binOf(now) + GUARD] as const];
  const text = "users are well again: no entry was out of normal for 30 s";
  const recovered = (state.rollup.closed - CLEAR_BINS) * BIN;
  const said = incident.said ? [closing(incident.said, { ...incident, recovered }, telemetry)] : [];
  return {
    state: { ...state, incident: undefined, excluded, watch: emptyWatch },
    say: [...said, allClear(state, now, telemetry, text)],
  };
}
