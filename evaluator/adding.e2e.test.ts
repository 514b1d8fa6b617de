import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { median } from "simple-statistics";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openJournals } from "../generator/faults/recover.ts";
import { checkout } from "./chaos/testing/checkout.ts";
import type { Terminal } from "./testing/terminal.ts";

/** The tutorial on services that are not ours, followed word by word: its files, and its commands in its order. */
const TEXT = readFileSync(join(import.meta.dirname, "..", "ADDING.md"), "utf8");
const SECTION = TEXT.split("\n## Your own service\n")[1]?.split("\n## ")[0] ?? "";
const BLOCKS = [...SECTION.matchAll(/^```(\S+) (.+)\n([\s\S]*?)^```$/gm)].map(([, language, what, text]) => {
  return { language: String(language), what: String(what), text: String(text) };
});
const commands = BLOCKS.filter(({ language }) => language === "sh");

const on = checkout();
const { state } = on;
const spans: { name: string; service: string; trace: string }[] = [];
/** The address that the tutorial gives as the collector's. */
const collector = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  for (const { resource, scopeSpans } of JSON.parse(String(Buffer.concat(chunks))).resourceSpans)
    for (const { name, traceId } of scopeSpans[0].spans)
      spans.push({ name, service: resource.attributes[0].value.stringValue, trace: traceId });
  response.end("{}");
});

/** Types the next command of the tutorial, which must be for that terminal. */
function type(which: 1 | 2 | 3): Terminal {
  const next = commands.shift();
  expect(next?.what).toBe(`terminal ${which}`);
  return on.open(next?.text ?? "");
}

let apps: Terminal;
let curl = "";
/** Asks for a seat once: the status, and seconds. */
async function seat(): Promise<{ status: number; took: number }> {
  const one = on.open(curl);
  await one.ended();
  const [status = 0, took = 0] = one.said().trim().split(" ").map(Number);
  return { status, took };
}
/** Asks again and again until a seat comes like that. */
async function seatLike(is: (one: { status: number; took: number }) => boolean): Promise<void> {
  const until = performance.now() + 12_000;
  let one = await seat();
  for (; !is(one); one = await seat()) {
    if (performance.now() > until) throw new Error(`the last seat: ${JSON.stringify(one)}`);
    await sleep(100);
  }
}
const usual = ({ status, took }: { status: number; took: number }): boolean => status === 200 && took < 0.3;
async function typical(): Promise<number> {
  const took: number[] = [];
  for (let i = 0; i < 9; i++) took.push((await seat()).took);
  return median(took);
}

beforeAll(async () => {
  for (const { language, what, text } of BLOCKS) if (language !== "sh") writeFileSync(join(on.path, what), text);
  await once(collector.listen(4318, "127.0.0.1"), "listening");
  apps = type(1);
  await apps.saw("Ctrl-C ends them");
});
afterAll(async () => {
  await on[Symbol.asyncDispose]();
  collector.close();
  collector.closeAllConnections();
});

describe("the tutorial", { timeout: 30_000 }, () => {
  it("has a foreign app of at most 40 lines", () => {
    const [app] = BLOCKS;
    expect(app?.what).toBe("my/tickets.mjs");
    expect(app?.text.trim().split("\n").length).toBeLessThanOrEqual(40);
  });

  it("gets a seat, and the collector one trace of both services", async () => {
    curl = commands[0]?.text ?? "";
    const first = type(2);
    await first.ended();
    expect(first.said()).toMatch(/^200 0\.\d+\n$/);
    while (spans.length < 2) await sleep(50);
    const trace = spans.filter((one) => one.trace === spans[0]?.trace);
    expect(trace.map(({ service }) => service).sort()).toEqual(["prices", "tickets"]);
  });

  it("makes a path slow, and takes it back from another terminal", async () => {
    const slow = type(3);
    await slow.saw("written at");
    await seatLike(({ status, took }) => status === 200 && took >= 0.4);
    await slow.saw("in force since");
    await Promise.all([type(2).ended(), slow.ended()]).then((codes) => expect(codes).toEqual([0, 0]));
    expect(slow.said()).toContain("tickets->prices: put back");
    await seatLike(usual);
  });

  it("cuts a path, which costs two seconds and a 503", async () => {
    const cut = type(3);
    await cut.saw("written at");
    await seatLike(({ status, took }) => status === 503 && took >= 2);
    await cut.saw("in force since");
    expect(await type(2).ended()).toBe(0);
    expect(await cut.ended()).toBe(0);
    await seatLike(usual);
  });

  it("kills a service, which comes back by itself", async () => {
    const kill = type(3);
    await kill.saw("written at");
    await seatLike(({ status }) => status === 503);
    await seatLike(usual);
    expect(await kill.ended()).toBe(0);
    expect(kill.said()).toContain("time is over");
  });

  it("starves a service, until its own end by kill -9 takes that back", async () => {
    const before = await typical();
    const starve = type(3);
    await starve.saw("in force since");
    const during = await typical();
    expect(during).toBeGreaterThan(before + 0.025);
    starve.press("SIGKILL");
    const from = performance.now();
    while ((await openJournals(state)).length > 1) await sleep(50);
    expect(performance.now() - from).toBeLessThan(10_000);
    expect(await typical()).toBeLessThan(before + 0.025);
  });

  it("has no other command, and ends with Ctrl-C", async () => {
    expect(commands).toEqual([]);
    apps.press();
    expect(await apps.ended()).toBe(130);
    expect(existsSync(join(state, "apps.json"))).toBe(false);
    expect(await openJournals(state)).toEqual([]);
  });
});
