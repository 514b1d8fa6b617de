import { HarnessError } from "../harness-error.ts";
import { RECIPES } from "./apps/all.ts";
import { BASE } from "./apps/releases.ts";
import { builtApp, requireReleases, SAMPLE_APPS } from "./builds.ts";
import type { AppId, Release, StartOptions } from "./target.ts";
import { together } from "./together.ts";
import { requireToolchains } from "./toolchains.ts";

/** Directories of built apps, by app and release. */
export type Artifacts = ReadonlyMap<AppId, ReadonlyMap<string, string>>;

/** Throws (exit 2) for a release of an app that is not started, and for one that its sources do not have. */
export async function requireBuildable(apps: readonly AppId[], releases: readonly Release[]): Promise<void> {
  for (const { app, release } of releases) {
    if (apps.includes(app)) await requireReleases(RECIPES[app], [release], SAMPLE_APPS);
    else
      throw new HarnessError(`Release ${release} of ${app} is wanted, but ${app} is not started`, {
        hint: "Start that app too, or ask for no release of it",
        exitCode: 2,
      });
  }
}

/** Builds the apps as `base` and as the releases wanted, whatever is not in the cache; apps side by side. */
export async function artifacts(
  apps: readonly AppId[],
  { cache, releases = [], progress }: Pick<StartOptions, "cache" | "releases" | "progress">,
  signal: AbortSignal,
): Promise<Artifacts> {
  signal.throwIfAborted();
  const tools = await requireToolchains(apps);
  const options = { sources: SAMPLE_APPS, cache, tools, progress };
  const built = await together(
    apps.map((app) => async (inner) => {
      const wanted = releases.flatMap((one) => (one.app === app ? [one.release] : []));
      const kept = new Map<string, string>();
      // One after the other: a build of one app fills the cores alone.
      for (const release of new Set([BASE, ...wanted]))
        kept.set(release, await builtApp(RECIPES[app], release, options, inner));
      return [app, kept] as const;
    }),
    signal,
  );
  return new Map(built);
}
