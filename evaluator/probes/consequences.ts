/**
 * What real failures make a system say that it does not say when it is well, each with its reason: the reviewed list of
 * `differential.ts`. It is about words, not about faults: nothing here is said by one of our faults alone.
 */
export const CONSEQUENCES: readonly (readonly [RegExp, string])[] = [
  [/\btime[d -]?out\b|\btimeout\b|deadline exceeded/i, "somebody waited too long"],
  [/refused|reset|closed|aborted|broken pipe|hang up|disconnect|unreachable|premature|EOF\b/i, "a connection ended"],
  [/OutOfMemory|heap space|GC overhead/i, "memory was used up"],
  [/exhausted|not available|rejected|too many|saturat|queue full|limit/i, "something was used up"],
  [/deadlock|could not obtain lock|lock timeout|SQLSTATE|SQLTransient|PSQLException|canceling statement/i, "the database said no"],
  [/exited|restarted|terminated|killed|exit\.(?:code|signal)/i, "a process ended"],
  [/^(?:error\.type|exception\.\w+|otel\.status_\w+)(?: of a .*)?$/, "the attributes that name an error"],
  [/http\.response\.resend_count|retry|retries/i, "who failed was asked again"],
]; // biome-ignore format: a table reads better than a column

export const isConsequence = (word: string): boolean => CONSEQUENCES.some(([pattern]) => pattern.test(word));
