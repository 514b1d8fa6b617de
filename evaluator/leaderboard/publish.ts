import { join } from "node:path";
import { writeWhole } from "../archive/writer.ts";
import { renderLeaderboard } from "./page.ts";
import type { Results } from "./results.ts";
import { type Summary, summarise } from "./summary.ts";
import { markdown } from "./told.ts";

/** Writes summary.md and report.html beside the results. */
export async function publish(directory: string, results: Results): Promise<Summary> {
  const summary = summarise(results);
  await writeWhole(join(directory, "summary.md"), markdown(summary));
  await writeWhole(join(directory, "report.html"), renderLeaderboard(summary));
  return summary;
}
