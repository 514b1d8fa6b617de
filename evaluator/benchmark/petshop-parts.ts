import { readdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { Component } from "../../agent/telemetry/model.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import type { Edge } from "../archive/writer.ts";
import { type Issue, readGraph, readIssue, readTable, type Table } from "../datasets/petshop-files.ts";

/** As much of one traffic scenario as is there. */
export interface Part {
  readonly scenario: string;
  readonly edges: readonly Edge[];
  readonly nodes: readonly Component[];
  readonly normal: Table | undefined;
  readonly issues: readonly Issue[];
  /** What is missing, in words. */
  readonly missing: readonly string[];
}

const ISSUE = /^issue_\d+$/;
/** A set holds scenarios, which hold splits, which hold issues; so deep is looked. */
const DEEPEST = 4;

/** Every scenario in, at or around a folder: the whole set, one scenario, one split, or one issue. Throws (exit 2) if none. */
export async function* partsOf(directory: string): AsyncGenerator<Part> {
  const issues = await issuesIn(resolve(directory), DEEPEST);
  if (issues.length === 0)
    throw new HarnessError(`${directory} holds no issue of the PetShop data set`, {
      hint: "give the set's dataset/, one traffic scenario, or a part of one (issue_<n>/metrics.csv and target.json)",
      exitCode: 2,
    });
  for (const [scenario, own] of Map.groupBy(issues, (issue) => scenarioOf(issue))) yield readPart(scenario, own);
}

/** `<scenario>/<split>/issue_<n>`, or without a split. */
function scenarioOf(issue: string): string {
  const above = dirname(issue);
  return ["train", "test"].includes(basename(above)) ? dirname(above) : above;
}

async function issuesIn(directory: string, depth: number): Promise<readonly string[]> {
  if (ISSUE.test(basename(directory))) return [directory];
  if (depth === 0) return [];
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const found: string[] = [];
  for (const name of folders.toSorted(byNumber)) found.push(...(await issuesIn(join(directory, name), depth - 1)));
  return found;
}
const byNumber = (a: string, b: string): number =>
  Number(a.split("_")[1] ?? Number.NaN) - Number(b.split("_")[1] ?? Number.NaN) || (a < b ? -1 : 1);

async function readPart(folder: string, paths: readonly string[]): Promise<Part> {
  const missing: string[] = [];
  const orMissing = async <T>(what: string, read: Promise<T>): Promise<T | undefined> => {
    try {
      return await read;
    } catch (error) {
      missing.push(`${what} (${whyOf(error)})`);
      return undefined;
    }
  };
  const graph = await orMissing("the call graph, graph.csv", readGraph(join(folder, "graph.csv")));
  const normal = await orMissing("normal data, noissue/metrics.csv", readTable(join(folder, "noissue", "metrics.csv")));
  const issues: Issue[] = [];
  for (const path of paths) {
    const name = path.slice(folder.length + 1);
    const issue = await orMissing(name, readIssue(folder, name));
    if (issue) issues.push(issue);
  }
  const seen = issues.flatMap(({ table }) => table.columns.map(({ component }) => component));
  return {
    scenario: basename(folder),
    edges: graph?.edges ?? [],
    nodes: graph?.nodes ?? [...new Set(seen)].sort(),
    normal,
    issues,
    missing,
  };
}

function whyOf(error: unknown): string {
  if ((error as NodeJS.ErrnoException).code === "ENOENT") return "not there";
  return error instanceof Error ? error.message : String(error);
}
