import type { Attributes } from "@opentelemetry/api";

/** What telemetry tells of an exception. */
export interface ExceptionRecord {
  readonly name: string;
  readonly message: string;
  /** The trace, with the files of the app named from its own folder on. */
  readonly stack: string;
}

const APP_FOLDER = new URL("../", import.meta.url).href;

/** Describes whatever was thrown. */
export function exceptionRecord(thrown: unknown): ExceptionRecord {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return { name: error.name, message: error.message, stack: ownPaths(error.stack) };
}

/** A trace with the files of the app named from its own folder on. */
export function ownPaths(stack = ""): string {
  return stack.replaceAll(APP_FOLDER, "");
}

/** The attributes that the semantic conventions give to an exception. */
export function exceptionAttributes({ name, message, stack }: ExceptionRecord): Attributes {
  return { "exception.type": name, "exception.message": message, "exception.stacktrace": stack };
}
