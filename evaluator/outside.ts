import { access, constants, stat } from "node:fs/promises";
import { basename, delimiter, resolve } from "node:path";
import type { Agent } from "../agent/agent.ts";
import { commandAgent } from "../agent/outside/command.ts";
import { httpAgent } from "../agent/outside/http.ts";
import type { Millis } from "../agent/telemetry/model.ts";
import { HarnessError } from "../generator/harness-error.ts";
import { type Environment, inherited } from "../generator/targets/environment.ts";

/** How an agent that is not ours is run. */
export interface OutsideOptions {
  /** From where its relative paths are meant. */
  readonly cwd: string;
  /** The environment we were started with, of which little is passed on. */
  readonly environment: Environment;
  /** Names of variables that are passed on beside PATH and LANG, for a key to a model. */
  readonly passOn: readonly string[];
  readonly budget: Millis;
  readonly wait: Millis;
  readonly withRanking: boolean;
}
/** A command is named so: `command:python3 my_agent.py`. */
const SCHEME = "command:";
const ALWAYS = ["PATH", "LANG"];
const SCRIPT = /\.(c?js|mjs|ts|py|rb|pl|sh)$/;

export const isCommand = (name: string): boolean => name.startsWith(SCHEME);

/** A server is named so: `http:http://127.0.0.1:9000/ask`, or by its address alone. */
const SERVER = /^(?:http:)?(https?:\/\/.*)$/;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

export const isServer = (name: string): boolean => name.startsWith("http:") || SERVER.test(name);

/** @throws HarnessError (exit 2) for what is no address on this machine: the telemetry it is to read is on this machine alone. */
export function serverAgent(name: string, { budget, wait, withRanking }: OutsideOptions): Agent {
  const address = SERVER.exec(name)?.[1] ?? "";
  if (!URL.canParse(address)) throw noServer(`${name} is no address of a server`);
  const { hostname, host, pathname, href } = new URL(address);
  if (!LOOPBACK.test(hostname)) throw noServer(`${host} is not on this machine`);
  const shown = `http:${host}${pathname === "/" ? "" : pathname}`;
  return httpAgent({ name: shown, url: href, budget, wait, withRanking });
}

/**
 * An answer that comes after the fault began to be taken back does not count: of 17 incidents of the first suite, two were
 * that far within 46 s of their alarm, one of them after 33.5 s.
 */
export function usualOptions(): OutsideOptions {
  const budget = 120_000;
  const wait = 30_000;
  return { cwd: process.cwd(), environment: inherited(), passOn: [], budget, wait, withRanking: false };
}

/** @throws HarnessError (exit 2) when there is no such program or script: better now than after the first drill. */
export async function outsideAgent(name: string, options: OutsideOptions): Promise<Agent> {
  const [first, ...rest] = wordsOf(name.slice(SCHEME.length));
  if (first === undefined) throw usage("there is no command after command:");
  const { cwd, environment, budget, wait, withRanking } = options;
  const program = await programOf(first, cwd, environment["PATH"] ?? "");
  const files = await Promise.all(rest.map((word) => fileOf(word, cwd)));
  const [next] = rest;
  if (next !== undefined && SCRIPT.test(next) && files[0] === undefined)
    throw usage(`there is no file ${next} in ${cwd}`);
  return commandAgent({
    name: `${SCHEME}${basename(files.find((file) => file !== undefined) ?? program)}`,
    program,
    args: rest.map((word, i) => files[i] ?? word),
    environment: passedOn(options),
    budget,
    wait,
    withRanking,
  });
}

/** Words parted by blanks; quotes keep blanks in a word. There is no shell, but `sh -c "..."` is one. */
export function wordsOf(command: string): string[] {
  const quoted = /"([^"]*)"|'([^']*)'/g;
  if (/["']/.test(command.replace(quoted, ""))) throw usage(`a quote is not closed in: ${command}`);
  const words = command.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) => word.replace(quoted, (_, double, single) => String(double ?? single)));
}

/** It will run in an empty directory: a word that is the path of a file here is meant, and becomes absolute. */
async function fileOf(word: string, cwd: string): Promise<string | undefined> {
  const path = resolve(cwd, word);
  return !word.startsWith("-") && (await isFile(path)) ? path : undefined;
}

async function programOf(word: string, cwd: string, path: string): Promise<string> {
  const places = word.includes("/") ? [cwd] : path.split(delimiter);
  for (const place of places) if (await isProgram(resolve(place, word))) return resolve(place, word);
  throw usage(`there is no program ${word}${word.includes("/") ? "" : " in PATH"}`);
}

async function isProgram(file: string): Promise<boolean> {
  const allowed = await access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
  return allowed && isFile(file);
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

function passedOn({ environment, passOn }: OutsideOptions): Environment {
  const missing = passOn.filter((name) => environment[name] === undefined);
  if (missing.length > 0) throw usage(`${missing.join(", ")} is not set, and cannot be passed on`);
  const names = [...ALWAYS, ...passOn].filter((name) => environment[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, environment[name] ?? ""]));
}

function noServer(message: string): HarnessError {
  const hint = "for example --agent http:http://127.0.0.1:9000/ask; what it reads is offered on this machine alone";
  return new HarnessError(message, { hint, exitCode: 2 });
}

function usage(message: string): HarnessError {
  const hint = 'for example --agent command:"python3 my_agent.py"; a program in this folder is ./program';
  return new HarnessError(message, { hint, exitCode: 2 });
}
