import type { Forward, Inverse, Probe } from "../intent.ts";

/** Numbers that say whether a mechanism acts: exchanges shaped, workers held ... */
export type Meters = Readonly<Record<string, number>>;

/**
 * `restored`: it was there and is gone. `already`: there was nothing. `superseded`: the value is neither ours nor the
 * old one, so somebody else's; left alone. `fell-back`: the process that held it was ended. `failed`: it may still act.
 */
export type RevertOutcome = "restored" | "already" | "superseded" | "fell-back" | "failed";

/** One way to write to a running target. Only the shared injection path may apply. */
export interface Adapter<F extends Forward, I extends Inverse, P extends Probe> {
  /** Whether the precondition still holds. */
  holds(probe: P): Promise<boolean>;
  /** Unix milliseconds at which the receiver had done it. */
  apply(forward: F): Promise<{ readonly acknowledgedAt: number }>;
  meter(forward: F): Promise<Meters>;
  /** Idempotent, and harmless if the forward step never ran. */
  undo(inverse: I): Promise<RevertOutcome>;
}

export type Of<Union, Kind> = Extract<Union, { readonly kind: Kind }>;
