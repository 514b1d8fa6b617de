import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { HarnessError } from "../../harness-error.ts";
import type { AppId, ChangeEvent, Millis } from "../../targets/target.ts";
import { ask } from "./socket.ts";

/** What runs of one app. */
const Service = z.object({
  release: z.string(),
  version: z.string(),
  settings: z.record(z.string(), z.string()),
  instance: z.string(),
  /** None between two starts. */
  pid: z.int().nullish(),
  ready: z.boolean(),
  /** By the supervisor, since the last roll. */
  restarts: z.number(),
  /** Whose roll is in force; an ordinary change of the platform leaves none. */
  token: z.string().nullish(),
  /** A roll, a rollback or a restart is under way. */
  busy: z.boolean(),
});
export type ServiceState = z.infer<typeof Service>;

const Done = z.object({ ok: z.literal(true), at: z.number() });
const State = z.object({ ...Done.shape, services: z.record(z.string(), Service) });
const Changed = z.object({ ...Done.shape, changeId: z.string() });
const RolledBack = z.object({ ...Done.shape, was: z.enum(["restored", "already", "superseded"]) });
const No = z.object({ ok: z.literal(false), error: z.string() });

/** A new release, new settings, or the same again in new processes. */
export interface Roll {
  readonly service: AppId;
  /** What differs from what runs; nothing: a plain restart in a new version. */
  readonly to: {
    readonly release?: string | undefined;
    readonly settings?: Readonly<Record<string, string>> | undefined;
  };
  /** `rolling`: the new instance is ready before the old one goes; `recreate`: the old one goes first. */
  readonly strategy: "rolling" | "recreate";
  readonly change: { readonly kind: "deploy" | "config" | "scale"; readonly summary: string };
  /** It is rolled back by itself after this long; without both it stands. */
  readonly ttlMs?: Millis | undefined;
  readonly token?: string | undefined;
}

/** Whoever keeps the apps running said no: something is under way, or somebody else rolled it. */
export class Refused extends HarnessError {
  constructor(what: string, why: string) {
    super(`${what} was refused: ${why}`, {
      hint: "One change of an app at a time; wait until the other is over, or take it back",
      exitCode: 2,
    });
    this.name = "Refused";
  }
}

/** A typed client of the operations socket; each call throws `Gone` when nobody keeps the apps running any more. */
export interface Operations {
  state(): Promise<{ readonly at: Millis; readonly services: Readonly<Record<string, ServiceState>> }>;
  /** Resolves when it is accepted; `settled` waits for its end. Throws `Refused`. */
  roll(roll: Roll): Promise<{ readonly at: Millis; readonly changeId: string }>;
  /** Accepts to go back to what ran before the roll of that token. Throws `Refused`. */
  rollback(token: string): Promise<{ readonly at: Millis; readonly was: "restored" | "already" | "superseded" }>;
  /** Puts a change that somebody else makes (a job) on the feed. */
  announce(change: Omit<ChangeEvent, "id" | "at">): Promise<{ readonly at: Millis; readonly changeId: string }>;
  /** Ends the present process and starts it again at once. Throws `Refused`. */
  restart(service: AppId): Promise<{ readonly at: Millis }>;
  /** Resolves when nothing is under way for the app any more. */
  settled(service: AppId, signal: AbortSignal): Promise<void>;
}

const LOOK: Millis = 250;
/** A Java app takes up to a minute on a busy machine, and so does its predecessor's return. */
const SETTLES_WITHIN: Millis = 150_000;

export function operations(socket: string): Operations {
  const call = async <T>(answer: z.ZodType<T>, message: object, what: string): Promise<T> => {
    const said = await ask(socket, message);
    const no = No.safeParse(said);
    if (no.success) throw new Refused(what, no.data.error);
    return answer.parse(said);
  };
  const state: Operations["state"] = () => call(State, { op: "state" }, "A look at the apps");
  return {
    state,
    roll: (roll) => call(Changed, { op: "roll", ...roll }, `A change of ${roll.service}`),
    rollback: (token) => call(RolledBack, { op: "rollback", token }, "Rolling back"),
    announce: (change) => call(Changed, { op: "announce", change }, "An announcement"),
    restart: (service) => call(Done, { op: "restart", service }, `A restart of ${service}`),
    async settled(service, signal) {
      const until = performance.now() + SETTLES_WITHIN;
      while ((await state()).services[service]?.busy !== false) {
        if (performance.now() > until)
          throw new HarnessError(`The change of ${service} did not come to an end`, {
            hint: "The machine may be overloaded; end other heavy programs and try again",
            exitCode: 4,
          });
        await sleep(LOOK, undefined, { signal });
      }
    },
  };
}
