import { APPS, type AppId } from "../../targets/target.ts";
import type { Roll } from "../adapters/operations.ts";
import { type Message, serve } from "./serve.ts";

interface Spec {
  readonly release: string;
  readonly settings: Readonly<Record<string, string>>;
}
export interface Served extends Spec {
  token?: string | undefined;
  busy: boolean;
  restarts: number;
}
/** Speaks as whoever keeps the apps running, and takes as long, but keeps none: a roll changes what it says. */
export interface OperationsServer extends AsyncDisposable {
  readonly services: Record<AppId, Served>;
  /** Every message but looks, oldest first. */
  readonly heard: readonly Message[];
  /** Has somebody else roll an app, without asking whoever rolled it before. */
  overrule(service: AppId, token: string): void;
}

const no = (error: string): object => ({ ok: false, error });
const yes = (more: object = {}): object => ({ ok: true, at: Date.now(), ...more });

/** Each roll and each way back takes `takes` milliseconds. */
export async function operationsServer(path: string, takes = 50): Promise<OperationsServer> {
  const one = (): Served => ({ release: "base", settings: {}, busy: false, restarts: 0 });
  const services = Object.fromEntries(APPS.map((app) => [app, one()])) as Record<AppId, Served>;
  const before = new Map<string, { readonly service: AppId; readonly spec: Spec }>();
  const heard: Message[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const later = (deed: () => void, ms: number): void => void timers.add(setTimeout(deed, ms));

  function roll({ service, to, ttlMs, token }: Roll): object {
    const now = services[service];
    if (now.busy) return no("busy");
    if (now.token !== undefined && now.token !== token) return no("rolled by another");
    const { release, settings } = now;
    if (token !== undefined) before.set(token, { service, spec: { release, settings } });
    Object.assign(now, { token, busy: true });
    const next = { release: to.release ?? release, settings: { ...settings, ...to.settings } };
    later(() => Object.assign(now, { ...next, busy: false, restarts: 0 }), takes);
    if (ttlMs !== undefined && token !== undefined) later(() => void rollback(token), ttlMs);
    return yes({ changeId: "c1" });
  }

  function rollback(token: string): object {
    const mine = before.get(token);
    if (mine === undefined) return yes({ was: "already" });
    const now = services[mine.service];
    if (now.token !== token) return yes({ was: now.token === undefined ? "already" : "superseded" });
    if (now.busy) return no("busy");
    now.busy = true;
    later(() => Object.assign(now, { ...mine.spec, busy: false, token: undefined, restarts: 0 }), takes);
    return yes({ was: "restored" });
  }

  function answer(message: Message): object {
    if (message.op !== "state") heard.push(message);
    switch (message.op) {
      case "state":
        return yes({ services: Object.fromEntries(Object.entries(services).map(([app, now]) => [app, told(now)])) });
      case "roll":
        return roll(message as unknown as Roll);
      case "rollback":
        return rollback(String(message["token"]));
      case "announce":
        return yes({ changeId: "c2" });
      default:
        return no(`no ${message.op}`);
    }
  }

  const server = await serve(path, answer);
  return {
    services,
    heard,
    overrule: (service, token) => void Object.assign(services[service], { token, release: "quiet" }),
    async [Symbol.asyncDispose]() {
      for (const timer of timers) clearTimeout(timer);
      await server[Symbol.asyncDispose]();
    },
  };
}

function told(now: Served): object {
  return { version: "1.0.0", instance: "i", pid: 1, ready: true, ...now };
}
