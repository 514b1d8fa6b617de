import { readFile } from "node:fs/promises";
import * as z from "zod";
import { HarnessError } from "../../generator/harness-error.ts";

/** A case that decides nothing for a while, because somebody looks into it. */
const Entry = z.strictObject({
  case: z.string().min(1),
  owner: z.string().min(1),
  reason: z.string().min(1),
  /** Last day on which it is left out, UTC. */
  until: z.iso.date(),
});
const Quarantine = z.array(Entry);

/** @throws HarnessError (exit 2) when the file cannot be read, or an entry has expired at `now`. */
export async function readQuarantine(file: string, now: Date): Promise<ReadonlySet<string>> {
  const text = await readFile(file, "utf8").catch(() => "");
  const read = Quarantine.safeParse(json(text));
  if (!read.success)
    throw new HarnessError(`${file} is no quarantine: ${z.prettifyError(read.error)}`, {
      hint: 'a list of {"case", "owner", "reason", "until": "2027-01-31"}',
      exitCode: 2,
    });
  const today = now.toISOString().slice(0, 10);
  const expired = read.data.filter(({ until }) => until < today);
  if (expired.length > 0)
    throw new HarnessError(
      `in quarantine for too long: ${expired.map((one) => `${one.case} (${one.owner})`).join(", ")}`,
      {
        hint: "mend the case or the agent and take the entry out, or give a new day and a reason",
        exitCode: 2,
      },
    );
  return new Set(read.data.map((one) => one.case));
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
