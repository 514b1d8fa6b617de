import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { provenanceOf } from "../provenance.ts";
import { renderInvestigationMarkdown } from "../report/investigation-markdown.ts";
import { renderInvestigation, summaryOf } from "../report/investigation-page.ts";
import type { Investigated } from "./investigated.ts";

/** Writes investigation.html, .md and .json into a folder; returns the page's file and what tools want to know. */
export async function leave(
  seen: Investigated,
  out: string,
  recording: string | null,
): Promise<{ readonly file: string; readonly summary: object }> {
  await mkdir(out, { recursive: true });
  const provenance = await provenanceOf({ replayed: !seen.live, recording, createdAt: seen.window.to });
  const file = join(out, "investigation.html");
  await writeFile(file, renderInvestigation(seen, provenance));
  await writeFile(join(out, "investigation.md"), renderInvestigationMarkdown(seen, provenance));
  const summary = { ...summaryOf(seen), page: file };
  const { telemetry: _, ...told } = seen;
  // The folder may be moved: in it the page is named beside the file.
  const whole = { ...summary, page: "investigation.html", provenance, ...told };
  await writeFile(join(out, "investigation.json"), `${JSON.stringify(whole, null, 1)}\n`);
  return { file, summary };
}
