import type { Environment } from "./environment.ts";
import type { RollOrder } from "./operation-commands.ts";
import type { ChangeEvent, InstanceSpec } from "./target.ts";

/** What is told of a change of an app besides when it happened and how it went. */
export type Told = Pick<ChangeEvent, "kind" | "summary" | "before" | "after">;

/** What the platform tells of a roll: versions for a deploy, values for the change of one setting. */
export function changeOf(
  { change, to: { settings = {} } }: Pick<RollOrder, "change" | "to">,
  from: { readonly spec: InstanceSpec; readonly environment: Environment },
  to: InstanceSpec,
): Told {
  const { kind, summary } = change;
  if (kind === "deploy")
    return { kind, summary: `release ${to.version}: ${summary}`, before: from.spec.version, after: to.version };
  const [[name, after] = [], more] = Object.entries(settings);
  if (name === undefined || after === undefined || more !== undefined) return { kind, summary };
  const before = from.environment[name];
  return { kind, summary, ...(before !== undefined && { before }), after };
}

/** What it tells of the way back. */
export function returnOf({ kind, before, after }: Told, to: InstanceSpec): Told {
  return {
    kind,
    summary: `rollback to ${to.version}`,
    ...(after !== undefined && { before: after }),
    ...(before !== undefined && { after: before }),
  };
}

/** What follows an instance by a roll; a version of its own for all but a mere change of settings. */
export function specAfter(
  present: InstanceSpec,
  { to, change }: Pick<RollOrder, "to" | "change">,
  version: () => string,
): InstanceSpec {
  const release = to.release ?? present.release;
  const another = change.kind === "deploy" || release !== present.release;
  return {
    release,
    version: another ? version() : present.version,
    settings: { ...present.settings, ...to.settings },
  };
}
