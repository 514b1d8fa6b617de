import { type Message, serve } from "./serve.ts";

/** Speaks as an app does on its operation channel, in a process of its own: holds numbers until their time is over. */
const [path = ""] = process.argv.slice(2);
const startedAt = Date.now();
const kept = new Map<string, { readonly value: number; readonly token: string; readonly until: number }>();

function standing(): [string, number][] {
  const now = performance.now();
  return [...kept].flatMap(([key, { value, until }]) => (until > now ? [[key, value] as [string, number]] : []));
}

function answer(message: Message): object {
  const at = Date.now();
  switch (message.op) {
    case "hello":
      return { ok: true, pid: process.pid, startedAt, release: "base" };
    case "set": {
      const { key, value, token, ttlMs } = message as unknown as Set;
      kept.set(key, { value, token, until: performance.now() + ttlMs });
      return { ok: true, at };
    }
    case "clear":
      for (const [key, { token }] of kept) if (token === message["token"]) kept.delete(key);
      return { ok: true, at };
    default: {
      const now = Object.fromEntries(standing());
      // What an app with these numbers would tell of itself.
      return { ok: true, meters: { ...now, "workers.held": now["invoice.share"] === undefined ? 0 : 16 } };
    }
  }
}
interface Set {
  readonly key: string;
  readonly value: number;
  readonly token: string;
  readonly ttlMs: number;
}

await serve(path, answer);
process.stdout.write("ready\n");
process.stdin.resume().on("close", () => process.exit(0));
