import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Release } from "../../generator/targets/target.ts";
import { MENU } from "./menu.ts";
import type { Offer } from "./offer.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "generator", "faults", "kinds");
const ANY_TTL = 60_000;

export interface Kind {
  readonly kind: string;
  /** Undefined for one that cannot be asked for by hand. */
  readonly offer: Offer | undefined;
}

/** All kinds of faults: each file of the folder is one, and its name is the kind's. */
export async function kinds(): Promise<readonly Kind[]> {
  const files = await readdir(FOLDER);
  return files
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => file.slice(0, -3))
    .sort()
    .map((kind) => ({ kind, offer: MENU[kind] }));
}

/** The builds that a kind rolls out in its usual form. */
export function releasesOf({ where, params, fault }: Offer): readonly Release[] {
  if (typeof where === "string") return [];
  return fault(where[0], params.parse({}), ANY_TTL).releases;
}

/** Every build that any kind rolls out. */
export function allReleases(): readonly Release[] {
  const all = Object.values(MENU).flatMap(releasesOf);
  return [...new Map(all.map((one) => [`${one.app} ${one.release}`, one])).values()];
}
