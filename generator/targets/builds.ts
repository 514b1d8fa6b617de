import { access, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { HarnessError } from "../harness-error.ts";
import type { Recipe } from "./apps/recipe.ts";
import { BASE } from "./apps/releases.ts";
import { callTool } from "./build-tool.ts";
import { forBuilds, inherited } from "./environment.ts";
import { contentHash, copySources, sourcesOf } from "./sources.ts";
import { line } from "./version.ts";

/** Where the sources of our own apps lie. */
export const SAMPLE_APPS = join(import.meta.dirname, "..", "..", "sample-apps");

export interface BuildOptions {
  /** The folder whose folders hold the sources, one an app. */
  readonly sources: string;
  readonly cache: string;
  /** Found tools and their versions. */
  readonly tools: ReadonlyMap<string, string>;
  progress(line: string): void;
}

/** Throws, naming those that there are, when an app cannot be built as one of these releases. */
export async function requireReleases(recipe: Recipe, wanted: readonly string[], sources: string): Promise<void> {
  const found = recipe.releases(await sourcesOf(join(sources, recipe.app)));
  const missing = wanted.find((release) => !found.includes(release));
  if (missing === undefined) return;
  throw new HarnessError(`${recipe.app} has no release ${missing}`, {
    hint: `Its sources have: ${found.join(", ")}`,
    exitCode: 2,
  });
}

/**
 * The directory of the built app, built first when no build of exactly these sources, this release and these tool
 * versions is in the cache. It appears there whole or not at all; two builds at once give one result.
 */
export async function builtApp(
  recipe: Recipe,
  release: string,
  options: BuildOptions,
  signal: AbortSignal,
): Promise<string> {
  const { cache, tools, progress } = options;
  const folder = join(options.sources, recipe.app);
  const files = await sourcesOf(folder);
  const key = await contentHash(folder, files, [...versionsOf(recipe, tools), `release ${release}`]);
  const kept = join(cache, `${recipe.app}-${key}`);
  if (await exists(kept)) return kept;
  const what = release === BASE ? recipe.app : `${recipe.app} ${release}`;
  const started = performance.now();
  progress(`${what}: building (first use)`);
  await mkdir(cache, { recursive: true });
  await removeAbandoned(cache);
  const work = await mkdtemp(join(cache, `.build-${process.pid}-`));
  try {
    await build(recipe, { folder, files, release, work, log: `${kept}.log` }, signal);
    await rename(join(work, "out"), kept).catch(async (error: unknown) => {
      if (!(await exists(kept))) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  progress(`${what}: built in ${((performance.now() - started) / 1_000).toFixed(1)} s`);
  return kept;
}

function versionsOf(recipe: Recipe, tools: ReadonlyMap<string, string>): readonly string[] {
  const versions = recipe.builtWith.map((tool) => `${tool} ${line(tools.get(tool) ?? "")}`);
  return [...versions, `node ${process.version}`, process.platform, process.arch];
}

interface Site {
  readonly folder: string;
  readonly files: readonly string[];
  readonly release: string;
  readonly work: string;
  readonly log: string;
}

async function build(recipe: Recipe, { folder, files, release, work, log }: Site, signal: AbortSignal): Promise<void> {
  const sources = join(work, "sources");
  const out = join(work, "out");
  await Promise.all([mkdir(sources), mkdir(out), rm(log, { force: true })]);
  await copySources(folder, files, sources);
  const env = forBuilds(inherited());
  await recipe.build({
    sources,
    release,
    out,
    call: (command, ...args) =>
      callTool({ command, args, cwd: sources, env, log, purpose: `Building ${recipe.app}` }, signal),
  });
}

/** Half-done work of builds whose process is gone. */
async function removeAbandoned(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const pid = name.match(/^\.build-(\d+)-/)?.[1];
    if (pid !== undefined && !runs(Number(pid))) await rm(join(cache, name), { recursive: true, force: true });
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
