import { type Deployment, Refusal, type ServiceState } from "./deployment.ts";
import { serveLines } from "./line-server.ts";
import { type Command, commandIn } from "./operation-commands.ts";
import type { AppId, ChangeEvent } from "./target.ts";

/** What is operated. */
export interface Operated {
  readonly apps: ReadonlyMap<AppId, Pick<Deployment, "state" | "roll" | "rollback" | "restart">>;
  /** Puts a change on the feed and gives its id. */
  announce(change: Omit<ChangeEvent, "id" | "at">): string;
}

/** `at` is Unix milliseconds, read after the command was accepted. */
type Reply = { readonly ok: false; readonly error: string } | ({ readonly ok: true; readonly at: number } & Done);
interface Done {
  readonly services?: Readonly<Record<string, ServiceState>>;
  readonly changeId?: string;
  readonly was?: "restored" | "already";
}

/**
 * How another process operates the apps: newline JSON over a unix socket (0600), one line in, one line out. A command is
 * accepted or refused at once; what takes longer goes on by itself.
 *
 * ```
 * > {"op":"state"}
 * < {"ok":true,"at":1790000000123,"services":{"go-otel-sample-app":{"release":"base","version":"1.8.2","settings":{},
 *    "instance":"0b9f...","pid":123,"ready":true,"restarts":0,"busy":false}}}
 * > {"op":"roll","service":"go-otel-sample-app","to":{"release":"quiet","settings":{}},"strategy":"rolling",
 *    "change":{"kind":"deploy","summary":"dependency updates"},"ttlMs":600000,"token":"k3f9"}
 * < {"ok":true,"at":1790000000456,"changeId":"5d0c..."}
 * > {"op":"rollback","token":"k3f9"}         < {"ok":true,"at":1790000000789,"was":"restored"}
 * > {"op":"restart","service":"..."}         < {"ok":true,"at":1790000000890}
 * > {"op":"announce","change":{"service":"store","kind":"job","summary":"stock-backfill started","status":"succeeded"}}
 * < {"ok":true,"at":1790000000901,"changeId":"77ab..."}
 * ```
 *
 * - `roll`: `to` is what differs from what runs, settings are laid over those in force; nothing (`{}`) gives new processes
 *   of the same. `rolling` starts the new instance beside the old one, warms it up, leads users to it and lets the old one
 *   finish; when the new one does not get ready, nothing changes but a failed change is announced. `recreate` ends the
 *   old one first and waits for nobody: what dies at its start is started again and again. The change is announced when
 *   the old instance begins to be replaced; a deploy (and any other release) has a version of its own, which stands
 *   before its summary. With `ttlMs` (1 s to 30 min) and `token` it is rolled back by itself; without both it stands.
 *   Refused while the app is busy, or rolled by a token; a release must have been built before the run.
 * - `rollback`: `already` when no roll of that token is in force. Otherwise it is accepted at any time, ends a roll
 *   that is under way, and is over when `state` shows the app neither busy nor with the token.
 * - `restart`: the present process gets SIGTERM and another one is started in its place; no change is announced.
 * - `busy`: a roll, a rollback or a restart is under way. `restarts`: since the last roll. `pid` is missing between two
 *   processes, `token` unless a roll is to be taken back.
 */
export function serveOperations(path: string, operated: Operated): Promise<AsyncDisposable> {
  return serveLines(path, (line) => answer(line, operated));
}

function answer(line: string, operated: Operated): Reply {
  const command = commandIn(line);
  if (typeof command === "string") return { ok: false, error: command };
  try {
    const done = carryOut(command, operated);
    return { ok: true, at: Date.now(), ...done };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.message };
    throw error;
  }
}

function carryOut(command: Command, { apps, announce }: Operated): Done {
  const app = (name: AppId): NonNullable<ReturnType<typeof apps.get>> => {
    const found = apps.get(name);
    if (found === undefined) throw new Refusal(`${name} does not run here`);
    return found;
  };
  switch (command.op) {
    case "state":
      return { services: Object.fromEntries([...apps].map(([name, one]) => [name, one.state()])) };
    case "roll":
      return { changeId: app(command.service).roll(command) };
    case "rollback":
      return { was: [...apps.values()].some((one) => one.rollback(command.token)) ? "restored" : "already" };
    case "announce":
      return { changeId: announce(asked(command)) };
    case "restart":
      app(command.service).restart();
      return {};
  }
}

/** A change without the members that were left out. */
function asked({ change }: Extract<Command, { readonly op: "announce" }>): Omit<ChangeEvent, "id" | "at"> {
  const { before, after, ...rest } = change;
  return { ...rest, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}
