import type { AppId } from "../../generator/targets/target.ts";
import { toolchains } from "../../generator/targets/toolchains.ts";
import { type Kind, kinds, releasesOf } from "./kinds.ts";

/** A kind with what this machine lacks for it, each with its fix. */
export interface Listed extends Kind {
  readonly lacking: readonly string[];
}

/** All kinds of faults, and for each the tools that its builds need and this machine has not. */
export async function listing(): Promise<readonly Listed[]> {
  const looked = new Map<AppId, Promise<readonly string[]>>();
  // Each tool is run to see its version, which takes its time: once for an app.
  const lackingFor = (app: AppId): Promise<readonly string[]> => {
    const found = looked.get(app) ?? look(app);
    looked.set(app, found);
    return found;
  };
  return Promise.all(
    (await kinds()).map(async (kind) => {
      const apps = kind.offer ? releasesOf(kind.offer).map(({ app }) => app) : [];
      return { ...kind, lacking: (await Promise.all(apps.map(lackingFor))).flat() };
    }),
  );
}

async function look(app: AppId): Promise<readonly string[]> {
  const lacking = (await toolchains([app])).filter(({ ok }) => !ok);
  return lacking.map(({ what, needed, fix }) => `${what} ${needed}: ${fix}`);
}
