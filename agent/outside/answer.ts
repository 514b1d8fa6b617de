import * as z from "zod";
import { NO_PICTURE } from "../at-alarm.ts";
import {
  type Diagnosis,
  type Evidence,
  FAULT_CLASSES,
  type Hypothesis,
  type Query,
  type Signal,
} from "../investigation.ts";
import type { Page } from "../paged.ts";
import type { Component, Instant, Millis, Window } from "../telemetry/model.ts";
import { faultsOf } from "../tools/tool.ts";

const SIGNALS = [
  "latency", "errors", "traffic", "cpu", "memory", "pool", "disk", "gap", "connection", "log", "structure", "object",
  "change",
] as const satisfies readonly Signal[]; // biome-ignore format: a table reads better than a column

const text = z.string().min(1).max(2_000);
const Claim = z.object({ claim: text, signal: z.enum(SIGNALS).default("structure") });
const Proof = z.union([text, Claim]);
const Suspicion = z.object({
  component: z.string().trim().min(1).max(200).describe("a service, a virtual node, or a network path caller->callee"),
  cause: z.enum(FAULT_CLASSES).default("unknown"),
  confidence: z.number().min(0).max(1).describe("probability that this is a root cause"),
  sentence: text.optional().describe("what happened, for a person"),
  evidence: z.array(Proof).max(20).default([]).describe("what was seen, with numbers"),
});

/** What a command writes to stdout, and a server answers with: one such document and nothing else. */
export const Answer = z
  .object({
    schema: z.literal(1).default(1),
    hypotheses: z.array(Suspicion).max(20).describe("best first; equal confidence is a tie"),
    named: z.int().min(0).max(20).describe("how many of the first are asserted as causes; 0: inconclusive"),
    gaps: z.array(text).max(20).default([]).describe("what could not be seen"),
  })
  .refine(({ hypotheses, named }) => named <= hypotheses.length, {
    error: "more are named than there are hypotheses",
    path: ["named"],
  })
  .refine(({ hypotheses }) => hypotheses.every((one, i) => one.confidence <= (hypotheses[i - 1]?.confidence ?? 1)), {
    error: "best first: a confidence must not be larger than the one before it",
    path: ["hypotheses"],
  });
export type Answer = z.infer<typeof Answer>;
/** The same as JSON schema, for who has to write it. */
export const ANSWER_SCHEMA: object = z.toJSONSchema(Answer, { io: "input" });

/** Characters of a wrong answer that are told. */
const SHOWN = 120;

/** Who answers, and how it is said that it did not. */
type Answering = "command" | "server";
const NOTHING: Readonly<Record<Answering, string>> = {
  command: "the command wrote nothing to stdout",
  server: "the server answered with nothing",
};

/** @throws Error saying what is wrong with it. */
export function readAnswer(said: string, who: Answering): Answer {
  if (said.trim() === "") throw new Error(NOTHING[who]);
  const read = Answer.safeParse(json(said, who));
  if (read.success) return read.data;
  throw new Error(`the ${who}'s answer is not what it should be: ${faultsOf(read.error)}`);
}

function json(said: string, who: Answering): unknown {
  try {
    return JSON.parse(said);
  } catch {
    const place = who === "command" ? "stdout" : "answer";
    throw new Error(
      `the ${who}'s ${place} is not one JSON document: it begins with ${JSON.stringify(said.slice(0, SHOWN))}`,
    );
  }
}

/** Before the alarm, what led to it. */
const BEFORE: Millis = 60_000;

export function diagnosisOf({ hypotheses, named, gaps }: Answer, { raisedAt }: Page, now: Instant): Diagnosis {
  const within = { from: raisedAt - BEFORE, to: now };
  return {
    kind: "diagnosis",
    outcome: named > 0 ? "incident" : "inconclusive",
    hypotheses: hypotheses.map((one, i) => hypothesisOf(one, i + 1, within)),
    named,
    picture: NO_PICTURE,
    gaps,
  };
}

type Suspicion = z.infer<typeof Suspicion>;
function hypothesisOf(
  { component, cause, confidence, sentence, evidence }: Suspicion,
  place: number,
  within: Window,
): Hypothesis {
  const [first = { claim: "no evidence was given", signal: "structure" as const }, ...others] = evidence;
  const proof = (one: z.infer<typeof Proof>, i: number): Evidence => {
    const { claim, signal } = typeof one === "string" ? { claim: one, signal: "structure" as const } : one;
    const query = queryOf(signal, component, within);
    return { id: `outside/${place}/${i + 1}`, component, signal, claim, direction: "present", query };
  };
  return {
    component,
    cause,
    confidence,
    sentence: sentence ?? `${component}: ${cause}`,
    evidence: [proof(first, 0), ...others.map((one, i) => proof(one, i + 1))],
    against: [],
  };
}

/** Where one would look again; which questions the command asked is its own affair. */
function queryOf(signal: Signal, component: Component, within: Window): Query {
  switch (signal) {
    case "log":
      return { ask: "logs", within, component };
    case "change":
      return { ask: "changes", within, component };
    case "object":
      return { ask: "objects", within, component };
    default:
      return { ask: "spans", within, component };
  }
}
