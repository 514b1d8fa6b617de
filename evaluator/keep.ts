import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { provenanceOf } from "./provenance.ts";
import { renderMarkdown } from "./report/markdown.ts";
import { type ReportInput, renderReport } from "./report/render.ts";
import { type Result, resultOf } from "./result.ts";
import type { Held } from "./trial.ts";

export interface Kept {
  readonly file: string;
  readonly result: Result;
}

/** Writes report.html, report.md and result.json into a run's folder. */
export async function keep(held: Held, out: string, replayed = false): Promise<Kept> {
  const { verdict, telemetry } = held;
  await mkdir(out, { recursive: true });
  const file = join(out, "report.html");
  const { trial } = verdict;
  const input: ReportInput = {
    verdict,
    telemetry,
    provenance: await provenanceOf({
      replayed,
      recording: `incidents/${trial.run.case}`,
      createdAt: trial.run.endedAt,
    }),
  };
  await writeFile(file, renderReport(input));
  await writeFile(join(out, "report.md"), renderMarkdown(input));
  const result = resultOf(verdict, file);
  const { findings, investigation, run, thinking } = trial;
  // The folder may be moved: in it the report is named beside the file.
  const whole = { ...result, report: "report.html", replayed, run, thinking, investigation, findings };
  await writeFile(join(out, "result.json"), `${JSON.stringify(whole, null, 1)}\n`);
  return { file, result };
}
