import type { Call, Component, Instant, Millis, Telemetry, Window } from "../../agent/telemetry/model.ts";
import { HarnessError } from "../../generator/harness-error.ts";

const usage = (message: string, hint: string): HarnessError => new HarnessError(message, { hint, exitCode: 2 });

/** Names in `--scope app=NAME`. Throws (exit 2) for any other kind of scope. */
export function scopeNames(texts: readonly string[]): readonly string[] {
  return texts.map((text) => {
    const [, name] = text.match(/^app=(\S+)$/) ?? [];
    if (name === undefined) throw usage(`"${text}" is not a scope`, "write it as --scope app=java-otel");
    return name;
  });
}

/** The component that a name means: itself, or the only one that begins with it. */
export function meant(name: string, known: readonly Component[]): Component | undefined {
  if (known.includes(name)) return name;
  const [only, more] = known.filter((component) => component.startsWith(name));
  return more === undefined ? only : undefined;
}

/** Everybody who was ever heard of. */
export const namesIn = (whole: Telemetry): readonly Component[] =>
  whole.components({ from: 0, to: whole.now + 1 }).map(({ component }) => component);

/** Throws (exit 2) when a name means none of the components, or more than one. */
export function requireScope(names: readonly string[], known: readonly Component[]): readonly Component[] {
  return names.map((name) => {
    const found = meant(name, known);
    if (found !== undefined) return found;
    const several = known.filter((component) => component.startsWith(name));
    const why = several.length > 1 ? "could be more than one component" : "is no component that was heard of";
    throw usage(`${name} ${why}`, `one of: ${(several.length > 1 ? several : known).join(", ")}`);
  });
}

/** These components and all that they call, directly or not. */
export function reachedFrom(apps: Iterable<Component>, calls: readonly Call[]): ReadonlySet<Component> {
  const reached = new Set(apps);
  // A set grows while it is gone through.
  for (const from of reached) for (const { caller, callee } of calls) if (caller === from) reached.add(callee);
  return reached;
}

/**
 * The part of a view that lies in a scope. Callers outside of it are not seen, so what they send counts as sent by users.
 */
export function scoped(whole: Telemetry, has: (component: Component) => boolean): Telemetry {
  const newest = <T>(found: readonly T[], limit: number | undefined): readonly T[] =>
    limit === undefined || found.length <= limit ? found : found.slice(found.length - limit);
  const own = <T extends { readonly component: Component }>(all: readonly T[]): readonly T[] =>
    all.filter(({ component }) => has(component));
  return {
    get now() {
      return whole.now;
    },
    components: (within) => own(whole.components(within)),
    metrics: (component) => (has(component) ? whole.metrics(component) : []),
    series: (query) => own(whole.series(query)),
    spans: ({ limit, ...query }) => newest(own(whole.spans(query)), limit),
    logs: ({ limit, ...query }) => newest(own(whole.logs(query)), limit),
    calls: (within) => whole.calls(within).filter(({ caller, callee }) => has(caller) && has(callee)),
    changes: (within) => own(whole.changes(within)),
    objects: (query) => own(whole.objects(query)),
  };
}

/** Restricts views to what these apps reach at any time of `whole`: a scope is what an operator knows beforehand. */
export function restriction(apps: readonly Component[], whole: Telemetry): (view: Telemetry) => Telemetry {
  if (apps.length === 0) return (view) => view;
  const reached = reachedFrom(apps, whole.calls({ from: 0, to: whole.now + 1 }));
  return (view) => scoped(view, (component) => reached.has(component));
}

/** Live, who calls whom becomes known by and by: looked at again so often, over so long. */
const EVERY: Millis = 5_000;
const OVER: Millis = 10_000;

/** Like `scoped`, for telemetry that is still to come: the scope grows with the calls that are seen. */
export function growing(whole: Telemetry, names: readonly string[]): Telemetry {
  const reached = new Set<Component>();
  let looked: Instant = 0;
  const look = (): void => {
    if (whole.now - looked < EVERY) return;
    looked = whole.now;
    const within: Window = { from: looked - OVER, to: looked };
    const known = whole.components(within).map(({ component }) => component);
    const apps = names.flatMap((name) => meant(name, known) ?? []);
    for (const one of reachedFrom([...reached, ...apps], whole.calls(within))) reached.add(one);
  };
  return scoped(whole, (component) => {
    look();
    return reached.has(component);
  });
}
