import pg from "pg";
import { HarnessError } from "../../harness-error.ts";
import type { Millis, StoreAccess } from "../../targets/target.ts";
import type { Forward, Inverse, Probe } from "../intent.ts";
import type { Adapter, Of } from "./adapter.ts";
import { operations } from "./operations.ts";

type Lock = Of<Forward, "store.lock">;

const CONNECTS_WITHIN: Millis = 5_000;
/** Queries under way keep a whole table's lock waiting for as long as they take. */
const LOCKS_WITHIN: Millis = 5_000;
const ENDS_WITHIN: Millis = 5_000;
const LOOPBACK = ["127.0.0.1", "::1", "localhost"];

/** Sessions that this process holds: with it they end. */
const held = new Map<string, pg.Client>();

/** Locks in the store, held by a real session that is idle in its transaction; the server holds the time limit. */
export const store: Adapter<Lock, Of<Inverse, "store.end-session">, Of<Probe, "no-session">> = {
  async holds({ access, applicationName }) {
    const { held: sessions } = await sessionsOf(access, applicationName);
    return sessions === 0;
  },
  async apply(job) {
    const { access, applicationName, operations: socket, summary, ttlMs } = job;
    const client = clientFor(access, applicationName);
    client.on("error", () => held.delete(applicationName));
    try {
      await client.connect();
      held.set(applicationName, client);
      await operations(socket).announce({ service: "store", kind: "job", summary, status: "succeeded" });
      await client.query(`set transaction_timeout = ${Math.round(ttlMs)}`);
      await client.query(`set lock_timeout = ${LOCKS_WITHIN}`);
      await client.query("begin");
      await client.query(locking(job));
      return { acknowledgedAt: Date.now() };
    } catch (error) {
      await letGo(applicationName);
      throw error;
    }
  },
  async meter({ access, applicationName }) {
    const { idle, waiting } = await sessionsOf(access, applicationName);
    return { "sessions.held": idle, "sessions.waiting": waiting };
  },
  async undo({ access, applicationName, notBefore }) {
    try {
      const ended = await query<{ ended: boolean }>(access, END, [applicationName, notBefore]);
      if (ended.length === 0) return "already";
      return ended.every((one) => one.ended) ? "restored" : "failed";
    } catch (error) {
      if (gone(error)) return "already";
      throw error;
    } finally {
      await letGo(applicationName);
    }
  },
};

/** The statement that takes the job's locks. */
export function locking({ table, rows }: Pick<Lock, "table" | "rows">): string {
  const name = pg.escapeIdentifier(table);
  if (rows === undefined) return `lock table ${name} in access exclusive mode`;
  return `select 1 from ${name} where id <= ${Math.round(rows)} for update`;
}

const END = `
  select pg_terminate_backend(pid, ${ENDS_WITHIN}) as ended from pg_stat_activity
  where application_name = $1 and backend_start >= to_timestamp($2::double precision / 1000) and pid <> pg_backend_pid()`;
const SESSIONS = `
  select count(*) filter (where application_name = $1)::int as held,
         count(*) filter (where application_name = $1 and state = 'idle in transaction')::int as idle,
         count(*) filter (where wait_event_type = 'Lock')::int as waiting
  from pg_stat_activity where datname = current_database()`;

interface Sessions {
  readonly held: number;
  readonly idle: number;
  /** Backends of anybody that wait for a lock. */
  readonly waiting: number;
}

async function sessionsOf(access: StoreAccess, applicationName: string): Promise<Sessions> {
  const [row] = await query<Sessions>(access, SESSIONS, [applicationName]);
  return row ?? { held: 0, idle: 0, waiting: 0 };
}

/** One statement on a connection of its own. */
async function query<T extends pg.QueryResultRow>(access: StoreAccess, sql: string, values: unknown[]): Promise<T[]> {
  const client = clientFor(access, "maintenance");
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function clientFor({ host, ...access }: StoreAccess, applicationName: string): pg.Client {
  if (!LOOPBACK.includes(host))
    throw new HarnessError(`The store on ${host} is not on this machine`, {
      hint: "Faults touch nothing but what the run itself has started",
      exitCode: 2,
    });
  return new pg.Client({
    host,
    ...access,
    application_name: applicationName,
    connectionTimeoutMillis: CONNECTS_WITHIN,
  });
}

async function letGo(applicationName: string): Promise<void> {
  const client = held.get(applicationName);
  held.delete(applicationName);
  await client?.end().catch(() => undefined);
}

/** The server is not there any more, and no session of it. */
function gone(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ECONNREFUSED";
}
