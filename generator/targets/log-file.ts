import { readFile } from "node:fs/promises";

const LINES = 15;

/** The last lines of a process's output, for a message to a person; empty when it said nothing. */
export async function tail(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-LINES).join("\n");
}
