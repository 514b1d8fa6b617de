import type { Investigation, Stamped } from "./investigation.ts";

/** Folds what was said into what is known at the end; the last diagnosis wins, an all-clear does not withdraw it. */
export function conclude(findings: readonly Stamped[]): Investigation {
  let told: Investigation = { outcome: "nothing-said", hypotheses: [], named: 0, gaps: [] };
  for (const finding of findings) told = take(told, finding);
  return told;
}

function take(told: Investigation, finding: Stamped): Investigation {
  switch (finding.kind) {
    case "alarm":
      return { ...told, raisedAt: told.raisedAt ?? finding.at };
    case "diagnosis": {
      const { outcome, hypotheses, named, picture, gaps } = finding;
      return { ...told, outcome, hypotheses, named, picture, gaps, concludedAt: finding.at };
    }
    case "learned":
      return { ...told, baseline: finding.baseline };
    case "all-clear": {
      const baseline = richer(told.baseline, finding.baseline);
      const kept = told.hypotheses.length > 0;
      return {
        ...told,
        ...(baseline ? { baseline } : {}),
        outcome: kept ? told.outcome : "all-clear",
        gaps: kept ? told.gaps : finding.gaps,
      };
    }
  }
}

/** What was learned from more quiet time; an incident and its surroundings are none, so the last word may know less. */
function richer(a: Investigation["baseline"], b: Investigation["baseline"]): Investigation["baseline"] {
  return a && b && b.bins < a.bins ? a : (b ?? a);
}
