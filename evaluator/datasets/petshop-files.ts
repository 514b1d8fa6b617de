import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import * as z from "zod";
import type { Component } from "../../agent/telemetry/model.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import type { Edge } from "../archive/writer.ts";
import { csvRows, numberIn } from "./csv.ts";

/** Metrics of 5 minutes. Files differ in their columns, so they are joined by name. */
export interface Table {
  /** Unix seconds of each row. */
  readonly at: readonly number[];
  readonly columns: readonly Column[];
}
export interface Column {
  readonly component: Component;
  readonly metric: string;
  readonly statistic: string;
  /** NaN where nothing was measured. */
  readonly values: readonly number[];
}
const Target = z.looseObject({
  target: z.looseObject({ node: z.string(), metric: z.string(), timestamp: z.number() }),
  root_cause: z.looseObject({ node: z.string() }),
  metadata: z.looseObject({ reproducibility: z.looseObject({ command: z.string() }) }).optional(),
});
export interface Issue {
  /** `<split>/issue_<n>`. */
  readonly name: string;
  readonly table: Table;
  readonly target: { readonly node: Component; readonly metric: string; readonly timestamp: number };
  readonly cause: Component;
  /** The command that set it off, empty if none was published. */
  readonly command: string;
}
/** One traffic scenario of the set. */
export interface PetShop {
  readonly name: string;
  readonly nodes: readonly Component[];
  readonly edges: readonly Edge[];
  /** Undefined in the scenarios that were published without it. */
  readonly normal: Table | undefined;
  readonly issues: readonly Issue[];
}

/** Folders with a `graph.csv`: this one, or those in it or in its `dataset/`. Throws (exit 2) when there is none. */
export async function scenariosIn(directory: string): Promise<readonly string[]> {
  const all = [directory, ...(await foldersIn(directory)), ...(await foldersIn(join(directory, "dataset")))];
  const found: string[] = [];
  for (const folder of all) if ((await filesIn(folder)).includes("graph.csv")) found.push(folder);
  if (found.length > 0) return found;
  throw new HarnessError(`${directory} holds no PetShop data`, {
    hint: "give the folder that holds graph.csv, or the set's dataset/",
    exitCode: 2,
  });
}

export async function readPetShop(directory: string): Promise<PetShop> {
  const issues: Issue[] = [];
  for (const split of ["train", "test"])
    for (const issue of (await filesIn(join(directory, split))).toSorted(byNumber))
      issues.push(await readIssue(directory, `${split}/${issue}`));
  const normal = join(directory, "noissue", "metrics.csv");
  const there = (await filesIn(join(directory, "noissue"))).includes("metrics.csv");
  return {
    name: basename(directory),
    ...(await readGraph(join(directory, "graph.csv"))),
    normal: there ? await readTable(normal) : undefined,
    issues,
  };
}

export async function readIssue(directory: string, name: string): Promise<Issue> {
  const file = join(directory, name, "target.json");
  const read = Target.safeParse(JSON.parse(await readFile(file, "utf8")));
  if (!read.success) throw notPetShop(file, z.prettifyError(read.error));
  const { target, root_cause, metadata } = read.data;
  return {
    name,
    table: await readTable(join(directory, name, "metrics.csv")),
    target,
    cause: root_cause.node,
    command: metadata?.reproducibility.command ?? "",
  };
}

/** Three header rows (component, metric, statistic), a row that names the index, then a row for each 5 minutes. */
export async function readTable(file: string): Promise<Table> {
  const rows = [...csvRows(await readFile(file, "utf8"))];
  const [components = [], metrics = [], statistics = []] = rows;
  if (metrics[0] !== "metric" || statistics[0] !== "statistic") throw notPetShop(file, "no three header rows");
  const body = rows.slice(3).filter(([first]) => Number.isFinite(numberIn(first)));
  return {
    at: body.map(([first]) => numberIn(first)),
    columns: components.slice(1).map((component, i) => ({
      component,
      metric: metrics[i + 1] ?? "",
      statistic: statistics[i + 1] ?? "",
      values: body.map((row) => numberIn(row[i + 1])),
    })),
  };
}

/** The row calls the column. */
export async function readGraph(file: string): Promise<Pick<PetShop, "nodes" | "edges">> {
  const [head = [], ...rows] = [...csvRows(await readFile(file, "utf8"))];
  const edges = rows.flatMap(([caller = "", ...cells]) =>
    cells.flatMap((cell, i) => (numberIn(cell) > 0 ? [{ caller, callee: head[i + 1] ?? "" }] : [])),
  );
  return { nodes: head.slice(1), edges };
}

const notPetShop = (file: string, why: string): HarnessError =>
  new HarnessError(`${file} is no file of the PetShop data set: ${why}`, {
    hint: "get the set again from amazon-science/petshop-root-cause-analysis",
    exitCode: 2,
  });
const byNumber = (a: string, b: string): number => Number(a.split("_")[1]) - Number(b.split("_")[1]);

async function filesIn(directory: string): Promise<readonly string[]> {
  return readdir(directory).catch((): string[] => []);
}
async function foldersIn(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(directory, entry.name))
    .sort();
}
