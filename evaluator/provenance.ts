import { cpus, totalmem } from "node:os";
import { commit, VERSION } from "./version.ts";

/** By what, where and from what a report was made. */
export interface Provenance {
  readonly firedrill: string;
  readonly commit: string | null;
  readonly node: string;
  readonly host: string;
  /** From a recording, not live. */
  readonly replayed: boolean;
  readonly recording: string | null;
  readonly createdAt: number;
}

export async function provenanceOf(of: Pick<Provenance, "replayed" | "recording" | "createdAt">): Promise<Provenance> {
  return {
    firedrill: VERSION,
    commit: await commit(),
    node: process.version,
    host: `${process.platform} ${process.arch}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    ...of,
  };
}
