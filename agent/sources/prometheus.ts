import { setTimeout as sleep } from "node:timers/promises";
import type { Component, Millis } from "../telemetry/model.ts";
import type { Accept } from "./otlp.ts";
import { scrapeToOtlp } from "./prometheus-otlp.ts";
import { parsePrometheus } from "./prometheus-text.ts";

const ACCEPTED = "text/plain;version=0.0.4";
/** A scrape that takes longer is given up: the next one is due. */
const LIMIT: Millis = 4_000;

export interface ScrapeOptions {
  readonly targets: ReadonlyMap<Component, URL>;
  readonly everyMs: Millis;
  readonly accept: Accept;
}
export interface Scraper extends AsyncDisposable {
  /** Scrapes that failed: the target was away, slow, or said no. */
  failed(): number;
}

/** Scrapes Prometheus endpoints at a fixed pace. A target that does not answer leaves a gap, as it does in a Prometheus. */
export async function openPrometheus(
  { targets, everyMs, accept }: ScrapeOptions,
  signal: AbortSignal,
): Promise<Scraper> {
  signal.throwIfAborted();
  const stop = new AbortController();
  const ended = AbortSignal.any([stop.signal, signal]);
  let failed = 0;
  const one = async (component: Component, url: URL): Promise<void> => {
    for (let due = Date.now(); !ended.aborted; due += everyMs) {
      await sleep(Math.max(0, due - Date.now()), undefined, { signal: ended }).catch(() => undefined);
      if (ended.aborted) return;
      await scrape(component, url, accept, AbortSignal.any([ended, AbortSignal.timeout(LIMIT)])).catch(() => {
        if (!ended.aborted) failed += 1;
      });
    }
  };
  const running = Promise.all([...targets].map(([component, url]) => one(component, url)));
  return {
    failed: () => failed,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

async function scrape(component: Component, url: URL, accept: Accept, signal: AbortSignal): Promise<void> {
  // Who scrapes this machine must not be sent elsewhere.
  const response = await fetch(url, { signal, headers: { accept: ACCEPTED }, redirect: "error" });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const at = Date.now();
  accept(scrapeToOtlp(parsePrometheus(text), { component, instance: url.host, at }), at);
}
