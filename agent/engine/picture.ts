import type { Hypothesis, Picture } from "../investigation.ts";
import type { Scored } from "./evidence.ts";
import type { Case } from "./investigate.ts";

/** Everything found out beside the ranked causes. */
export function pictureOf(_one: Case, facts: readonly Scored[], _hypotheses: readonly Hypothesis[]): Picture {
  const evidence = [...new Map(facts.map((one) => [one.evidence.id, one.evidence])).values()];
  return {
    components: [], dependencies: [], errorPatterns: [], resources: [], evidence, timeline: [], remedies: [],
    blastRadius: { affected: [], bystanders: [], routes: [], lost: 0, lostPerMinute: 0, share: 0 },
  }; // biome-ignore format: for now
}
