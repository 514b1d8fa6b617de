import { meter } from "../../generator/faults/adapters/all.ts";
import type { Fault } from "../../generator/faults/fault.ts";
import { survey } from "../../generator/faults/survey.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import { attach } from "../chaos/attach.ts";
import { measuredUsers, NOBODY } from "../chaos/demand.ts";
import { type Held, hold } from "../chaos/hold.ts";
import { refuseSecond } from "../chaos/injections.ts";
import { kinds } from "../chaos/kinds.ts";
import { listing } from "../chaos/listing.ts";
import { requireOneOf } from "../chaos/nearest.ts";
import { inWords, parametersOf } from "../chaos/offer.ts";
import { type Asked, orderOf } from "../chaos/order.ts";
import { type RunFile, runningApps } from "../chaos/run-file.ts";
import { statusOf } from "../chaos/status.ts";
import { ASKED, takeBack } from "../chaos/take-back.ts";
import { listTold, metersTold, outcomesTold, statusTold, writeTold } from "../chaos/told.ts";
import { clock, entryTold, outcomesIn, writeOf, writesIn } from "../chaos/writes.ts";
import type { Command } from "./command.ts";
import { stateDirectory } from "./places.ts";

interface Options {
  readonly deed: string;
  readonly what?: string;
  readonly on?: string;
  readonly param: readonly string[];
  readonly ttl: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}
const DEEDS = ["list", "inject", "revert", "status"];
/** It was injected, and its mechanism was never seen to act. */
const DUD = 4;

export default {
  command: "chaos <deed> [what]",
  describe: "break one thing of the running apps by hand, and take it back: list, inject, revert, status",
  builder: (yargs) =>
    yargs
      .positional("deed", { type: "string", demandOption: true, describe: DEEDS.join(", ") })
      .positional("what", { type: "string", describe: "inject: which kind of fault; revert: which injection" })
      .option("on", { type: "string", describe: "where: a service, or a network path as caller->callee" })
      .option("param", { type: "string", array: true, nargs: 1, default: [], describe: "name=value; see list" })
      .option("ttl", { type: "string", default: "5m", describe: "it ends by itself after this, 1s to 30m" })
      .option("dry-run", { type: "boolean", default: false, describe: "print what would be written; write nothing" })
      .option("json", { type: "boolean", default: false, describe: "print exactly one JSON document" })
      .example("$0 chaos inject process-kill --on go-otel-sample-app --ttl 30s", "Ctrl-C takes it back sooner")
      .example("$0 chaos revert", "from another terminal: take back what is open"),
  handler(argv, signal) {
    const options = argv as unknown as Options;
    requireOneOf(options.deed, DEEDS, "such deed:");
    switch (options.deed) {
      case "list":
        return list(options);
      case "status":
        return status(options);
      case "revert":
        return revert(options, signal);
      default:
        return inject(options, signal);
    }
  },
} satisfies Command;

const out = (text: string): void => void process.stdout.write(text);
const document = (content: object): void => out(`${JSON.stringify({ schema: 1, ...content })}\n`);
const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function list({ json }: Options): Promise<number> {
  const all = await listing();
  if (!json) out(listTold(all));
  else
    document({
      kinds: all.map(({ kind, offer, lacking }) => ({
        kind,
        summary: offer?.summary ?? null,
        on: offer ? inWords(offer.where) : null,
        params: offer ? parametersOf(offer) : [],
        lacking,
      })),
    });
  return 0;
}

async function status({ json }: Options): Promise<number> {
  const now = await statusOf(stateDirectory(), Date.now());
  if (json) document(now);
  else out(statusTold(now));
  return 0;
}

async function revert({ what, json }: Options, signal: AbortSignal): Promise<number> {
  const done = await takeBack(stateDirectory(), what, signal);
  const outcomes = done ? outcomesIn(done.records) : [];
  if (json) document({ id: done?.id ?? null, outcomes });
  else out(done ? outcomesTold(done.id, outcomes) : "nothing is injected\n");
  return 0;
}

async function inject(options: Options, signal: AbortSignal): Promise<number> {
  const state = stateDirectory();
  const asked: Asked = { kind: options.what, on: options.on, params: options.param, ttl: options.ttl };
  const apps = await requireApps(state);
  const { fault, measures } = orderOf(asked, await kinds(), apps);
  if (!options.dryRun) await refuseSecond(state);
  if (measures) say("counting what users send, 10 s: the dose follows from it");
  const users = measures ? await measuredUsers(apps.edgeSocket, signal) : NOBODY;
  if (options.dryRun) return dryRun(fault, { state, apps, users }, options);
  const elsewhere = new AbortController();
  process.once(ASKED, () => elsewhere.abort());
  const held = await hold(
    {
      ...{ state, apps, fault, users, asked: elsewhere.signal },
      wrote(entry) {
        const line = entryTold(entry);
        if (line !== undefined) say(line);
      },
      inForce(id, since, meters) {
        say(
          since
            ? `in force since ${clock(since.notAfter)} UTC`
            : "its mechanism has not been seen to act; does anything pass there?",
        );
        say(`meters: ${metersTold(meters)}`);
        say(`${id} holds until ${options.ttl} are over, Ctrl-C, or: npm run chaos -- revert`);
      },
    },
    signal,
  );
  ended(held, fault, options);
  return held.effective === null ? DUD : 0;
}

async function requireApps(state: string): Promise<RunFile> {
  const apps = await runningApps(state);
  if (apps !== undefined) return apps;
  throw new HarnessError("no apps run that something could be done to", {
    hint: "start them: npm run apps",
    exitCode: 3,
  });
}

async function dryRun(
  fault: Fault,
  { state, apps, users }: { readonly state: string; readonly apps: RunFile; readonly users: typeof NOBODY },
  { json }: Options,
): Promise<number> {
  const scene = { target: attach(state, apps), users, random: Math.random };
  const intents = fault.plan(await survey(fault, scene));
  const writes = intents.map(writeOf);
  const meters = await meter(intents);
  if (json)
    document({
      dryRun: true,
      kind: fault.kind,
      on: fault.on,
      params: fault.params,
      ttlMs: fault.ttlMs,
      writes,
      meters,
    });
  else
    out(
      `would write, and writes nothing:\n${writes.map((one) => `  ${writeTold(one)}\n`).join("")}meters now: ${metersTold(meters)}\n`,
    );
  return 0;
}

function ended(
  { id, effective, ended: why, records }: Held,
  { kind, on, params, trigger, ttlMs }: Fault,
  { json }: Options,
): void {
  const outcomes = outcomesIn(records);
  if (json)
    document({ id, kind, on, params, trigger, ttlMs, effective, ended: why, writes: writesIn(records), outcomes });
  else out(`${kind} on ${on} has ended: ${why}\n${outcomesTold(id, outcomes)}`);
}
