import * as z from "zod";

/** How an agent that answers by chance is held against what was accepted; kept with the accepted results. */
export const Rules = z.strictObject({
  /** One looks when each case has so many runs; rising. */
  looks: z
    .array(z.int().min(1))
    .min(1)
    .refine((looks) => looks.every((one, i) => i === 0 || one > (looks[i - 1] ?? 0)), "looks must rise"),
  /** One-sided error at each look. */
  alpha: z.number().gt(0).lt(0.5),
  /** A mean score that is shown to have fallen by less than this passes. */
  margin: z.number().gt(0).lte(1),
  /** Fresh runs a case of the accepted agent before a gate is red; 0: none. */
  confirm: z.int().min(0),
  /** Resamples of clusters. */
  draws: z.int().min(100),
  seed: z.int(),
});
export type Rules = z.infer<typeof Rules>;

export const RULES: Rules = { looks: [1, 3, 5], alpha: 0.02, margin: 0.1, confirm: 5, draws: 2_000, seed: 7 };
/** Accepted results of an agent that answers by chance hold at least so many runs a case. */
export const FEWEST_RUNS = 5;
/** Fewer clusters of incidents decide nothing. */
export const FEWEST_CLUSTERS = 20;
/** A larger share of runs that do not count decides nothing. */
export const MOST_INVALID = 0.1;
