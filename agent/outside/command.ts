import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Agent } from "../agent.ts";
import type { Diagnosis } from "../investigation.ts";
import { type Page, paged } from "../paged.ts";
import type { Millis, Telemetry } from "../telemetry/model.ts";
import { TOOLS } from "../tools/all.ts";
import { openSql } from "../tools/sql.ts";
import { diagnosisOf, readAnswer } from "./answer.ts";
import { openEndpoint } from "./endpoint.ts";
import { questionOf } from "./question.ts";
import { runCommand } from "./run-command.ts";

/** An agent that is a program of somebody else's. */
export interface CommandOptions {
  /** As tables show it. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** All variables that it gets, beside a home and a directory for temporary files. */
  readonly environment: Readonly<Record<string, string>>;
  /** Wall time it may think about one alarm. */
  readonly budget: Millis;
  /** Telemetry time from an alarm until it is asked. */
  readonly wait: Millis;
  /** Whether it is told how the statistical agent ranks the causes. */
  readonly withRanking: boolean;
}

/**
 * Asks a command at each alarm: one JSON document on its stdin (`question.ts`), one on its stdout (`answer.ts`), and the
 * telemetry up to that moment at an endpoint of its own. Whatever it does wrong is thrown.
 */
export function commandAgent(options: CommandOptions): Agent {
  const name = options.withRanking ? `${options.name} (with ranking)` : options.name;
  return paged(name, (page, telemetry, signal) => ask(options, page, telemetry, signal), options.wait);
}

async function ask(
  { program, args, environment, budget, withRanking }: CommandOptions,
  page: Page,
  telemetry: Telemetry,
  signal: AbortSignal,
): Promise<Diagnosis> {
  await using home = await emptyDirectory();
  await using sql = openSql();
  await using endpoint = await openEndpoint(telemetry, [...TOOLS, sql.tool]);
  const { path: directory } = home;
  const question = questionOf(page, telemetry.now, endpoint, { budget, withRanking });
  const call = {
    program,
    args,
    directory,
    environment: { ...environment, HOME: directory, TMPDIR: directory },
    budget,
  };
  const said = await runCommand(call, `${JSON.stringify(question)}\n`, signal);
  return diagnosisOf(readAnswer(said, "command"), page, telemetry.now);
}

async function emptyDirectory(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "agent-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
