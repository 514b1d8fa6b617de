import { HarnessError } from "../../generator/harness-error.ts";

const AGAIN = "a recording is kept as it was made; get it again";

/**
 * Why a recording is not read: the file, what is wrong with it and where. Nothing is scored from such a recording.
 * Exit code 2.
 */
export function refusal(file: string, what: string, hint = AGAIN): HarnessError {
  return new HarnessError(`${file} ${what}`, { hint, exitCode: 2 });
}

/** @throws HarnessError (exit 2) that says where the text stops being JSON. */
export function jsonOf(text: string, file: string, line?: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const at = line === undefined ? placeIn(text, wordsOf(error)) : `line ${line}`;
    throw refusal(file, `is not JSON at ${at}: ${wordsOf(error)}`);
  }
}

/** As V8 tells it, or the end of the text, where a file that was cut off breaks. */
function placeIn(text: string, told: string): string {
  const position = Number(/position (\d+)/.exec(told)?.[1] ?? text.trimEnd().length);
  const before = text.slice(0, position).split("\n");
  return `line ${before.length}, column ${(before.at(-1) ?? "").length + 1}`;
}

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
