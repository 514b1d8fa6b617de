import type { Component } from "../telemetry/model.ts";
import type { Node } from "./traces.ts";

/** A template that a span logged. */
export interface Step {
  readonly template: string;
  /** Logged at ERROR or above. */
  readonly error: boolean;
}
/** What a span logged; undefined where logs of its time are not there, so that nothing can be missed. */
export type StepsOf = (node: Node) => readonly Step[] | undefined;

/** What the spans of one operation usually do: of so many spans, so many had each element. */
interface Habit {
  spans: number;
  readonly elements: Map<string, number>;
}
/** By component and operation: the calls that a span makes, and, of spans whose logs are known, what it logs. */
export interface Habits {
  readonly calls: Map<string, Habit>;
  readonly steps: Map<string, Habit>;
}
/** Spans that break with their habits: per trace, by component. */
export interface Divergence {
  /** E: the deepest spans that miss what almost all had, or log an error that almost none did. */
  readonly deepest: ReadonlyMap<Component, number>;
  /** D: elements that became rarer. */
  readonly lost: ReadonlyMap<Component, number>;
}

/** An element belongs to an operation above this probability, and is unheard of below that. W. */
const USUAL = 0.9;
const UNHEARD = 0.03;
/** Fewest spans to know a habit, and to judge now. W. */
const FEWEST_BEFORE = 8;
const FEWEST_NOW = 3;
/** Loss that counts: by so much, and by so many standard errors. W. */
const LOSS = 0.15;
const ERRORS = 4;
const EXTRA_VARIANCE = 0.06;

const operationOf = ({ span }: Node): string => `${span.component}\n${span.name}`;
const callsOf = (node: Node): ReadonlySet<string> =>
  new Set(node.children.map(({ span }) => `${span.component}\n${span.name}`));

export function habitsOf(nodes: readonly Node[], stepsOf: StepsOf): Habits {
  const habits: Habits = { calls: new Map(), steps: new Map() };
  for (const node of nodes) {
    note(habits.calls, operationOf(node), callsOf(node));
    const steps = stepsOf(node);
    if (steps) note(habits.steps, operationOf(node), new Set(steps.map(({ template }) => template)));
  }
  return habits;
}

/** Habits of several windows together. */
export function together(all: readonly Habits[]): Habits {
  const out: Habits = { calls: new Map(), steps: new Map() };
  for (const { calls, steps } of all) {
    for (const [operation, habit] of calls) add(out.calls, operation, habit);
    for (const [operation, habit] of steps) add(out.steps, operation, habit);
  }
  return out;
}

/** What the spans of a window do otherwise than their habits, in spans a trace. */
export function divergence(
  nodes: readonly Node[],
  own: Habits,
  usual: Habits,
  traces: number,
  stepsOf: StepsOf,
): Divergence {
  return {
    deepest: perTrace(deepestIn(nodes, usual, stepsOf), traces),
    lost: perTrace(lostIn(nodes, own, usual), traces),
  };
}

function deepestIn(nodes: readonly Node[], usual: Habits, stepsOf: StepsOf): Map<Component, number> {
  const diverging = new Set(nodes.filter((node) => breaks(node, usual, stepsOf)));
  const counts = new Map<Component, number>();
  const above = new Set<Node>();
  for (const node of diverging)
    for (let at = node.parent; at !== undefined && !above.has(at); at = at.parent) above.add(at);
  for (const node of diverging) if (!above.has(node)) count(counts, node.span.component, 1);
  return counts;
}

function breaks(node: Node, usual: Habits, stepsOf: StepsOf): boolean {
  if (misses(usual.calls.get(operationOf(node)), callsOf(node))) return true;
  const steps = stepsOf(node);
  const habit = usual.steps.get(operationOf(node));
  if (!steps || !habit || habit.spans < FEWEST_BEFORE) return false;
  if (misses(habit, new Set(steps.map(({ template }) => template)))) return true;
  return steps.some(({ template, error }) => error && (habit.elements.get(template) ?? 0) / habit.spans < UNHEARD);
}

function misses(habit: Habit | undefined, has: ReadonlySet<string>): boolean {
  if (!habit || habit.spans < FEWEST_BEFORE) return false;
  for (const [element, spans] of habit.elements) if (spans / habit.spans > USUAL && !has.has(element)) return true;
  return false;
}

/** A missing call is credited to the last callee that was reached before it, else to the operation's own component. */
function lostIn(nodes: readonly Node[], own: Habits, usual: Habits): Map<Component, number> {
  const counts = new Map<Component, number>();
  const byOperation = Map.groupBy(nodes, operationOf);
  for (const kind of ["calls", "steps"] as const)
    for (const [operation, now] of own[kind]) {
      const before = usual[kind].get(operation);
      if (!before || before.spans < FEWEST_BEFORE || now.spans < FEWEST_NOW) continue;
      for (const [element, spans] of before.elements) {
        const loss = spans / before.spans - (now.elements.get(element) ?? 0) / now.spans;
        if (!tells(loss, spans / before.spans, now.spans)) continue;
        const without = (byOperation.get(operation) ?? []).filter((node) => !callsOf(node).has(element));
        const credited = kind === "calls" ? lastReached(without) : new Map<Component, number>();
        const component = operation.slice(0, operation.indexOf("\n"));
        const whole = [...credited.values()].reduce((a, b) => a + b, 0);
        if (whole === 0) count(counts, component, loss * now.spans);
        for (const [reached, share] of credited) count(counts, reached, (loss * now.spans * share) / whole);
      }
    }
  return counts;
}

function tells(loss: number, p: number, n: number): boolean {
  return loss > LOSS && loss / Math.sqrt((p * (1 - p)) / n + EXTRA_VARIANCE / n) > ERRORS;
}

/** Whom spans called last, by how many of them; a span that called nobody speaks for itself. */
function lastReached(nodes: readonly Node[]): Map<Component, number> {
  const counts = new Map<Component, number>();
  for (const { span, children } of nodes) {
    const last = children.reduce<Node | undefined>((a, b) => (a && a.span.end >= b.span.end ? a : b), undefined);
    count(counts, last?.answer?.span.component ?? last?.callee ?? last?.span.component ?? span.component, 1);
  }
  return counts;
}

function perTrace(counts: ReadonlyMap<Component, number>, traces: number): ReadonlyMap<Component, number> {
  return new Map([...counts].map(([component, spans]) => [component, spans / Math.max(1, traces)]));
}

function count(counts: Map<Component, number>, component: Component, by: number): void {
  counts.set(component, (counts.get(component) ?? 0) + by);
}

function note(habits: Map<string, Habit>, operation: string, elements: ReadonlySet<string>): void {
  add(habits, operation, { spans: 1, elements: new Map([...elements].map((element) => [element, 1])) });
}

function add(habits: Map<string, Habit>, operation: string, more: Habit): void {
  const habit = habits.get(operation) ?? { spans: 0, elements: new Map<string, number>() };
  habits.set(operation, habit);
  habit.spans += more.spans;
  for (const [element, spans] of more.elements) habit.elements.set(element, (habit.elements.get(element) ?? 0) + spans);
}
