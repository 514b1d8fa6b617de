import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { RECIPES } from "./apps/all.ts";
import type { Recipe } from "./apps/recipe.ts";
import { overlay, overlays } from "./apps/releases.ts";
import { requireBuildable } from "./artifacts.ts";
import { type BuildOptions, builtApp, requireReleases } from "./builds.ts";
import { APPS } from "./target.ts";

const never = new AbortController().signal;
const lines: string[] = [];
let root = "";
let options: BuildOptions;
const recipe: Recipe = {
  ...RECIPES["sample-metrics-app"],
  releases: overlays,
  async build({ sources, release, out }) {
    await overlay(sources, release);
    await cp(sources, out, { recursive: true });
  },
};

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "build-"));
  options = { sources: root, cache: join(root, "cache"), tools: new Map(), progress: (line) => lines.push(line) };
  const app = join(root, recipe.app);
  await mkdir(join(app, "releases", "quiet", "http"), { recursive: true });
  await mkdir(join(app, "http"));
  await writeFile(join(app, "main.ts"), "main");
  await writeFile(join(app, "http", "format.ts"), "usual");
  await writeFile(join(app, "releases", "quiet", "http", "format.ts"), "other");
});
afterEach(() => rm(root, { recursive: true }));

it("lays a release's files over the sources, and ships no other release", async () => {
  const base = await builtApp(recipe, "base", options, never);
  const quiet = await builtApp(recipe, "quiet", options, never);
  expect(quiet).not.toBe(base);
  expect(await readFile(join(base, "http", "format.ts"), "utf8")).toBe("usual");
  expect(await readFile(join(quiet, "http", "format.ts"), "utf8")).toBe("other");
  for (const built of [base, quiet]) expect(await readdir(built)).toEqual(["http", "main.ts"]);
});

it("keeps each release, and names none in its path", async () => {
  const quiet = await builtApp(recipe, "quiet", options, never);
  const before = lines.length;
  expect(await builtApp(recipe, "quiet", options, never)).toBe(quiet);
  expect(lines).toHaveLength(before);
  expect(quiet.slice(root.length)).not.toContain("quiet");
});

it("builds base of an app without other releases", async () => {
  await rm(join(root, recipe.app, "releases"), { recursive: true });
  expect(await readdir(await builtApp(recipe, "base", options, never))).toEqual(["http", "main.ts"]);
});

it("says which releases there are when one is not", async () => {
  await requireReleases(recipe, ["base", "quiet"], root);
  await expect(requireReleases(recipe, ["quiet", "nope"], root)).rejects.toMatchObject({
    message: "sample-metrics-app has no release nope",
    hint: "Its sources have: base, quiet",
    exitCode: 2,
  });
});

it("finds the releases of the real apps, and wants none of an app that is not started", async () => {
  const releases = [
    ...(["base", "quiet", "invoice", "session"] as const).map((release) => ["java-otel-sample-app", release] as const),
    ...(["base", "quiet", "counters", "lookup"] as const).map((release) => ["go-otel-sample-app", release] as const),
    ...(["base", "quiet", "hash"] as const).map((release) => ["otel-sample-app", release] as const),
    ...(["base", "quiet", "boot"] as const).map((release) => ["sample-metrics-app", release] as const),
  ].map(([app, release]) => ({ app, release }));
  await requireBuildable(APPS, releases);
  await expect(requireBuildable(APPS, [{ app: "go-otel-sample-app", release: "nope" }])).rejects.toThrow("nope");
  const other = [{ app: "otel-sample-app", release: "quiet" }] as const;
  await expect(requireBuildable(["sample-metrics-app"], other)).rejects.toThrow("is not started");
});
