import * as z from "zod";
import type { Finding } from "../agent/investigation.ts";

/** What the judge reads of a finding, whoever made it; what else it holds is the agent's affair. */
const Read = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("alarm"), component: z.string() }),
  z.looseObject({
    kind: z.literal("diagnosis"),
    outcome: z.enum(["incident", "inconclusive"]),
    hypotheses: z.array(
      z.looseObject({ component: z.string(), cause: z.string(), confidence: z.number().min(0).max(1) }),
    ),
    named: z.int().min(0),
  }),
  z.looseObject({ kind: z.literal("all-clear") }),
  z.looseObject({ kind: z.literal("learned"), baseline: z.looseObject({ bins: z.number() }) }),
]);

/** The same finding. @throws Error saying what is wrong with it: an agent that answers garbage has failed. */
export function checked(said: unknown): Finding {
  const read = Read.safeParse(said);
  if (read.success) return said as Finding;
  throw new Error(`not a finding: ${z.prettifyError(read.error).slice(0, 500)}`);
}
