import { HarnessError } from "../harness-error.ts";

/** What PostgreSQL and the system say when something is full, taken, or forbidden, and what a person can do. */
const REMEDIES: readonly (readonly [said: RegExp, hint: (directory: string) => string])[] = [
  [
    /no space left|free disk space|wrote only \d+ of|disk quota|ENOSPC|EDQUOT/i,
    (directory) =>
      `Free at least 100 MB of disk space where its data lies, ${directory}, or set TMPDIR to a place with more`,
  ],
  [/address already in use/i, () => "Another program took the port meanwhile; try again"],
  [
    /permission denied|read-only file system|EACCES|EPERM|EROFS/i,
    (directory) => `Its data lies in ${directory}, where it must be allowed to write; or set TMPDIR to another place`,
  ],
  [
    /could not (create|map|resize) .*shared memory|cannot allocate memory|ENOMEM/i,
    () => "Free some memory and try again",
  ],
];
const OTHERWISE = "Run `npm ci` again; check free disk space and memory";

/** Why PostgreSQL did not start, in its own words (`said`, what it wrote so far), and what to do. */
export function storeFailure(
  error: unknown,
  { said, directory }: { readonly said: string; readonly directory: string },
): HarnessError {
  const text = [reasonOf(error), said].filter((part) => part !== "").join("\n");
  const [, hint] = REMEDIES.find(([pattern]) => pattern.test(text)) ?? [];
  return new HarnessError(`PostgreSQL did not start: ${text}`, {
    hint: hint?.(directory) ?? OTHERWISE,
    exitCode: 3,
    cause: error,
  });
}

/** A program's own last words rather than the command by which it was called. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!("stderr" in error) || typeof error.stderr !== "string" || error.stderr.trim() === "") return error.message;
  const code = "code" in error ? error.code : "";
  return `its data could not be laid out (initdb ended with ${code})\n${error.stderr.trim()}`;
}
