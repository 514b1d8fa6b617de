import { alive } from "../../generator/targets/process-identity.ts";
import type { Millis, OwnedProcess } from "../../generator/targets/target.ts";

/** How an injection came to its end. */
export type Ending = "time is over" | "asked from elsewhere" | "interrupted" | "the apps have ended";

/** Aborts at the first of these ends, with its name as the reason; at disposal it forgets about all of them. */
export interface Ender extends Disposable {
  readonly signal: AbortSignal;
}

const LOOK: Millis = 1_000;

export function ender(
  { ttlMs, asked, apps }: { readonly ttlMs: Millis; readonly asked: AbortSignal; readonly apps: OwnedProcess },
  signal: AbortSignal,
): Ender {
  const ended = new AbortController();
  const end = (why: Ending): void => ended.abort(why);
  const onAsked = (): void => end("asked from elsewhere");
  const onInterrupt = (): void => end("interrupted");
  const timer = setTimeout(() => end("time is over"), ttlMs);
  const look = setInterval(() => void alive(apps).then((yes) => (yes ? undefined : end("the apps have ended"))), LOOK);
  if (signal.aborted) onInterrupt();
  if (asked.aborted) onAsked();
  signal.addEventListener("abort", onInterrupt, { once: true });
  asked.addEventListener("abort", onAsked, { once: true });
  return {
    signal: ended.signal,
    [Symbol.dispose]() {
      clearTimeout(timer);
      clearInterval(look);
      signal.removeEventListener("abort", onInterrupt);
      asked.removeEventListener("abort", onAsked);
    },
  };
}
