import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Longest directory below which all socket paths stay short enough for every supported system. */
const LONGEST_ROOT = 70;

/** A new directory for all that a run needs on disk; closed to others, its name says nothing. */
export function makeRunDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir().length > LONGEST_ROOT ? "/tmp" : tmpdir(), "app-"));
}
