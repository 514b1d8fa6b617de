import type { Question } from "../agent.ts";
import type { Diagnosis, Finding, Moment, Picture, Signal } from "../investigation.ts";
import type { Component, Instant, Telemetry } from "../telemetry/model.ts";
import { allClear } from "./all-clear.ts";
import { ENOUGH } from "./baseline.ts";
import { BIN, type Bin } from "./bins.ts";
import { figure } from "./evidence.ts";
import { type Excursion, excursions } from "./excursions.ts";
import { gapsIn } from "./gaps.ts";
import { investigate } from "./investigate.ts";
import { pictureOf } from "./picture.ts";
import { entriesOf, learnQuiet, type Quiet } from "./samples.ts";
import { INCOMPLETE, lookBack, type Scene, sceneOf } from "./scene.ts";
import type { State } from "./step.ts";
import { summarize } from "./summary.ts";

/** What can be out of normal by itself; traffic and changes are no trouble. */
const ANYTHING: readonly Signal[] = ["errors", "latency", "cpu", "memory", "pool", "disk"];
/** What nobody raised an alarm at was taken for quiet time: the newest two minutes are not, when somebody asks. H. */
const NEWEST: Bin = 24;
/** With nothing out of normal, the newest minute is described. */
const LATELY: Bin = 12;
/** Excursions that begin so long before the furthest one belong to it. H. */
const TOGETHER: Bin = 6;

/**
 * Answers an operator's question where no alarm was raised: investigates the furthest excursion of what is asked about
 * since quiet time was known. Without one it says so: inconclusive, no hypotheses, and in the gaps how near it came.
 */
export function answer(state: State, now: Instant, telemetry: Telemetry, question: Question): readonly Finding[] {
  const { rollup, readings } = state;
  const quiet = state.quiet && before(state, state.quiet);
  if (!quiet) return [allClear(state, now, telemetry, "too little history to answer")];
  const all = excursions(state, quiet, new Set(question.signals ?? ANYTHING));
  const [furthest] = all;
  const told = furthest?.out
    ? excursionAt(state, quiet, furthest, all, telemetry, now)
    : nothing(state, quiet, furthest, telemetry, now);
  return [
    { kind: "learned", baseline: summarize(rollup, readings, quiet) },
    { ...told, picture: { ...told.picture, timeline: asked(told.picture, question, now) } },
  ];
}

/** What was normal before the newest two minutes, as far as there was enough of it. */
function before({ rollup }: State, quiet: Quiet): Quiet {
  const { history } = quiet;
  const found = learnQuiet(rollup, history.slice(0, Math.max(ENOUGH, history.length - NEWEST)));
  return found.users.size > 0 ? found : quiet;
}

function excursionAt(
  state: State,
  quiet: Quiet,
  furthest: Excursion,
  all: readonly Excursion[],
  telemetry: Telemetry,
  now: Instant,
): Diagnosis {
  const scene = sceneAsOf(state, quiet, furthest.from, furthest.to + 1, telemetry, now);
  const near = all.filter((one) => one.out && one.from <= furthest.to && one.to >= furthest.from - TOGETHER);
  const onsets = new Map<Component, Instant>();
  for (const { component, from } of near)
    onsets.set(component, Math.min(onsets.get(component) ?? Number.POSITIVE_INFINITY, from * BIN));
  const hurt = new Set(near.filter((one) => one.userFacing).map((one) => one.component));
  const found = investigate({ scene, onsets, hurt, raisedAt: scene.now });
  const told = `no alarm was raised; found because it was asked: ${excursionTold(furthest, now)}`;
  return hurt.size > 0 ? { ...found, gaps: [...found.gaps, told] } : harmless(found, told);
}

/** Nobody is hurt by it: there are candidates, no incident, and nothing to do. */
function harmless(found: Diagnosis, told: string): Diagnosis {
  const { picture, gaps } = found;
  const timeline = picture.timeline.filter(({ kind }) => kind !== "conclusion");
  return {
    ...found,
    outcome: "inconclusive",
    named: 0,
    picture: { ...picture, timeline, remedies: [] },
    gaps: [...gaps, `${told}; no user is seen to be hurt by it, so no cause is asserted`],
  };
}

function nothing(
  state: State,
  quiet: Quiet,
  furthest: Excursion | undefined,
  telemetry: Telemetry,
  now: Instant,
): Diagnosis {
  const { closed } = state.rollup;
  const scene = sceneAsOf(state, quiet, closed - LATELY, closed, telemetry, now);
  const why = furthest
    ? `nothing that was asked about is out of its normal; the furthest was: ${excursionTold(furthest, now)}`
    : "nothing was received that could answer the question";
  return {
    kind: "diagnosis",
    outcome: "inconclusive",
    hypotheses: [],
    named: 0,
    picture: pictureOf({ scene, onsets: new Map(), hurt: new Set(), raisedAt: now }, [], [], 0),
    gaps: [...gapsIn(scene), why],
  };
}

/** The scene from `from` on, as it was known when the bins up to `until` (not included) had closed. */
function sceneAsOf(state: State, quiet: Quiet, from: Bin, until: Bin, telemetry: Telemetry, now: Instant): Scene {
  const { rollup, readings, book } = state;
  const past = lookBack(telemetry, quiet.history, from * BIN);
  const ended = until < rollup.closed;
  return sceneOf(telemetry, ended ? Math.min(now, until * BIN + INCOMPLETE) : now, from * BIN, {
    rollup: ended ? { ...rollup, closed: until } : rollup,
    readings: ended ? { ...readings, closed: Math.min(readings.closed, until) } : readings,
    quiet,
    book,
    entries: entriesOf(quiet),
    past,
  });
}

function excursionTold({ what, component, z, from, to, out }: Excursion, now: Instant): string {
  const ago = Math.max(0, Math.round((now - from * BIN) / 1000));
  const lasted = out ? `, for ${((to - from + 1) * BIN) / 1000} s` : "";
  return `${what} of ${component}, ${figure(z)} scales from its normal ${ago} s before the end${lasted}`;
}

/** No alarm was raised: in its place stands the question. */
function asked({ timeline }: Picture, { text }: Question, now: Instant): readonly Moment[] {
  const question: Moment = { at: now, within: 0, kind: "discovery", text: `asked: ${text}` };
  const others = timeline.filter(({ kind }) => kind !== "alarm");
  return [...others, question].sort((a, b) => a.at - b.at);
}
