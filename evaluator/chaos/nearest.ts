import { HarnessError } from "../../generator/harness-error.ts";
import { distance } from "../catalogue.ts";

/** Throws (exit 2) for a name that is none of these, naming the nearest; `what` as in "kind of fault". */
export function requireOneOf(name: string, all: readonly string[], what: string): void {
  if (all.includes(name)) return;
  const nearest = all.toSorted((a, b) => distance(a, name) - distance(b, name))[0];
  const hint = nearest === undefined ? "there is none" : `did you mean ${nearest}? All: ${all.join(", ")}`;
  throw new HarnessError(`there is no ${what} "${name}"`, { hint, exitCode: 2 });
}
