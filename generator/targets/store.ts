import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { HarnessError } from "../harness-error.ts";
import { SAMPLE_APPS } from "./builds.ts";
import { type Child, inWords, startChild } from "./child.ts";
import { tail } from "./log-file.ts";
import type { Ownership } from "./ownership.ts";
import { type PostgresBinaries, postgresBinaries } from "./postgres-binaries.ts";
import { endProcess } from "./process-identity.ts";
import { type ServerUser, serverUser } from "./server-user.ts";
import { storeFailure } from "./store-failure.ts";
import type { Millis, StoreAccess } from "./target.ts";

const run = promisify(execFile);
const HOST = "127.0.0.1";
const START_LIMIT: Millis = 30_000;
const GRACE: Millis = 5_000;
const SETTINGS = [
  `listen_addresses=${HOST}`,
  "unix_socket_directories=",
  "log_lock_waits=on",
  // The data lives as long as the run: waiting for the disk would only add the noise of this machine.
  "fsync=off",
];

/** How the apps reach the data. */
export interface Database {
  readonly name: string;
  readonly user: string;
  readonly password: string;
}
export interface StoreOptions {
  /** A new directory below the run directory. */
  readonly directory: string;
  readonly log: string;
  readonly port: number;
  readonly database: Database;
  readonly ownership: Ownership;
}
export interface Store extends AsyncDisposable {
  /** To the apps' data, as administrator, past the network edges. */
  readonly access: StoreAccess;
  /** Resolves when the server ends, wanted or not. */
  readonly exited: Child["exited"];
}

/** Makes a new database cluster, starts PostgreSQL on it and loads schema and data; ends it again when that fails. */
export async function startStore(options: StoreOptions, signal: AbortSignal): Promise<Store> {
  try {
    const binaries = await postgresBinaries();
    const user = await serverUser(binaries);
    const superuser = { name: "postgres", user: "postgres", password: randomBytes(16).toString("hex") };
    await initialise(options, { binaries, user, password: superuser.password }, signal);
    return await serve(options, { binaries, user, superuser }, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof HarnessError) throw error;
    throw storeFailure(error, { said: await tail(options.log), directory: options.directory });
  }
}

interface Cluster {
  readonly binaries: PostgresBinaries;
  readonly user: ServerUser;
}

async function initialise(
  { directory }: StoreOptions,
  { binaries, user, password }: Cluster & { readonly password: string },
  signal: AbortSignal,
): Promise<void> {
  const data = join(directory, "data");
  const secret = join(directory, "password");
  await mkdir(data, { recursive: true, mode: 0o700 });
  await writeFile(secret, `${password}\n`, { mode: 0o600 });
  if (user.ids !== undefined)
    for (const path of [directory, data, secret]) await chown(path, user.ids.uid, user.ids.gid);
  const args = ["-D", user.dataPath(data), "-U", "postgres", "--pwfile=../password", "--auth=scram-sha-256"];
  const plain = ["--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"];
  await run(binaries.initdb, [...args, ...plain], { cwd: data, env: {}, ...user.ids, signal });
  await rm(secret);
}

async function serve(
  options: StoreOptions,
  { binaries, user, superuser }: Cluster & { readonly superuser: Database },
  signal: AbortSignal,
): Promise<Store> {
  signal.throwIfAborted();
  const data = join(options.directory, "data");
  const child = await startChild({
    command: binaries.postgres,
    args: ["-D", user.dataPath(data), "-p", String(options.port), ...SETTINGS.flatMap((one) => ["-c", one])],
    cwd: data,
    env: {},
    what: "store",
    log: options.log,
    ...(user.ids !== undefined && { user: user.ids }),
  });
  try {
    if (child.owned !== undefined) await options.ownership.add(child.owned);
    await accepts(options.port, superuser, child, signal);
    await load(options, superuser, signal);
  } catch (error) {
    await end(child);
    throw error;
  }
  const { user: name, password } = superuser;
  const access = { host: HOST, port: options.port, database: options.database.name, user: name, password };
  return { access, exited: child.exited, [Symbol.asyncDispose]: () => end(child) };
}

/** SIGINT: PostgreSQL cuts its connections and writes its data out; SIGTERM would wait for them to end by themselves. */
async function end(child: Child): Promise<void> {
  if (child.owned !== undefined) await endProcess(child.owned, { graceMs: GRACE, first: "SIGINT" });
}

async function accepts(port: number, superuser: Database, child: Child, signal: AbortSignal): Promise<void> {
  const until = performance.now() + START_LIMIT;
  const dead = child.exited.then((exit): never => {
    throw new Error(`it ended with ${inWords(exit)}`);
  });
  dead.catch(() => undefined);
  for (;;) {
    signal.throwIfAborted();
    const refusal = await Promise.race([query(port, superuser, []), dead]).catch((error: unknown) => error);
    if (refusal === undefined) return;
    if (performance.now() > until) throw refusal;
    await Promise.race([sleep(50, undefined, { signal }), dead]);
  }
}

async function load({ port, database }: StoreOptions, superuser: Database, signal: AbortSignal): Promise<void> {
  const files = ["schema.sql", "seed.sql"].map((file) => readFile(join(SAMPLE_APPS, "store", file), "utf8"));
  const [name, user] = [pg.escapeIdentifier(database.name), pg.escapeIdentifier(database.user)];
  await query(port, superuser, [
    `create role ${user} login password ${pg.escapeLiteral(database.password)}`,
    `create database ${name} owner ${user}`,
  ]);
  signal.throwIfAborted();
  await query(port, database, await Promise.all(files));
}

/** Runs statements, or none to see whether the server takes connections, on a connection of its own. */
async function query(port: number, { name, ...who }: Database, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ host: HOST, port, database: name, ...who, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end().catch(() => undefined);
  }
}
