import { HarnessError } from "../harness-error.ts";
import type { TargetState } from "./fault.ts";
import type { Intent } from "./intent.ts";

/** What a job locks: the first `rows` of a table by their number, or the whole of it. */
export interface Locks {
  readonly table: "users" | "products" | "orders";
  readonly rows?: number | undefined;
}

/** A job on the store, announced as such, that takes locks and then does nothing until its time is over. */
export function holdLocks({ token, ttlMs, at, on, store, operations }: TargetState, { table, rows }: Locks): Intent {
  if (on !== "store") throw new TypeError(`A job's locks are in the store, not in ${on}`);
  if (store === undefined)
    throw new HarnessError("The target runs without the store", { hint: "Start all apps", exitCode: 2 });
  const applicationName = `stock-backfill-${fourDigits(token)}`;
  return {
    id: `${token}.l`,
    adapter: "store",
    subject: `store session ${applicationName}`,
    forward: {
      kind: "store.lock",
      access: store,
      applicationName,
      table,
      ...(rows === undefined ? {} : { rows }),
      operations,
      summary: "stock-backfill started",
      ttlMs,
    },
    inverse: { kind: "store.end-session", access: store, applicationName, notBefore: at },
    precondition: { kind: "no-session", access: store, applicationName },
    ttlMs,
    fallback: "none",
  };
}

function fourDigits(token: string): string {
  return String((Number.parseInt(token, 36) || 0) % 10_000).padStart(4, "0");
}
