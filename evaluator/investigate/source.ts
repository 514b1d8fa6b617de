import type { Component } from "../../agent/telemetry/model.ts";
import { HarnessError } from "../../generator/harness-error.ts";

/** Telemetry that is still to come. */
export interface Live {
  readonly kind: "live";
  /** Port on loopback where OTLP over HTTP is received; undefined: it is not. */
  readonly otlp: number | undefined;
  /** Prometheus endpoints on loopback, by the component they speak for. */
  readonly scrapes: ReadonlyMap<Component, URL>;
}
export type Source = { readonly kind: "recording"; readonly path: string } | Live;

/** Where exporters send OTLP over HTTP unless told otherwise. */
const OTLP_PORT = 4318;
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

const usage = (message: string, hint: string): HarnessError => new HarnessError(message, { hint, exitCode: 2 });

/** What `--source` names: one recording, or live sources. Throws (exit 2) for anything else. */
export function sourceOf(texts: readonly string[]): Source {
  const [first, ...more] = texts;
  if (first === undefined || first.trim() === "")
    throw usage(
      "say where the telemetry comes from",
      "--source reports/<run>, --source otlp, or --source prometheus=URL",
    );
  const live = texts.filter((text) => /^(otlp(=|$)|prometheus(=|$))/.test(text));
  if (live.length === 0 && more.length === 0) return { kind: "recording", path: first };
  if (live.length < texts.length)
    throw usage(
      "a recording is investigated alone",
      "give one folder, or live sources only: --source otlp --source prometheus=URL",
    );
  const [receiver, second] = live.filter((text) => text.startsWith("otlp"));
  if (second !== undefined) throw usage("--source otlp can be given once", "one receiver takes what all of them send");
  const scrapes = live.filter((text) => text.startsWith("prometheus")).map(scrapeOf);
  if (new Set(scrapes.map(([name]) => name)).size < scrapes.length)
    throw usage("two endpoints would be one component", "name them: --source prometheus=NAME@URL");
  return {
    kind: "live",
    otlp: receiver === undefined ? undefined : portOf(receiver),
    scrapes: new Map(scrapes),
  };
}

function portOf(text: string): number {
  const [, given] = text.split("=", 2);
  if (given === undefined) return OTLP_PORT;
  const port = Number(given);
  if (/^\d+$/.test(given) && port >= 1 && port <= 65_535) return port;
  throw usage(`"${given}" is not a port`, "for example --source otlp=4318");
}

/** `URL` or `NAME@URL`; without a name the component is called as Prometheus calls an instance. */
function scrapeOf(text: string): readonly [Component, URL] {
  const [, name, address = ""] = text.match(/^prometheus=(?:([\w.-]+)@)?(.*)$/) ?? [];
  if (!/^https?:\/\//.test(address) || !URL.canParse(address))
    throw usage(`"${address}" is not a URL`, "for example --source prometheus=http://127.0.0.1:9100/metrics");
  const url = new URL(address);
  if (!LOOPBACK.test(url.hostname))
    throw usage(`${url.hostname} is not this machine`, "forward the port to this machine and name 127.0.0.1");
  return [name ?? url.host, url];
}
