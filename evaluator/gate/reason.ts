/** Why a gate is red, or cannot say. */
export interface Reason {
  readonly rule: string;
  readonly text: string;
  /** The case it is about, if one. */
  readonly case?: string;
}
