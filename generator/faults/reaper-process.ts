import { clearUp } from "./aftermath.ts";
import { inheritJournal } from "./journal.ts";
import type { RevertReason } from "./revert.ts";

/** A harness that says nothing for so long hangs, is stopped, or sleeps with its laptop. */
const SILENCE = 10_000;
/** What cannot be taken back at once is tried again. */
const AGAIN = 2_000;
const TRIES = 5;

/**
 * Waits for the death or the silence of the harness at the other end of stdin, then takes its run back by the journal
 * alone. A journal that is closed leaves nothing to do.
 */
async function act(file: string, why: RevertReason): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const results = await clearUp(await inheritJournal(file), why);
      if (results.every(({ outcome }) => outcome !== "failed")) process.exit(0);
    } catch {
      // Tried again below; after the last try the journal stays open and `recover` says so.
    }
    if (attempt === TRIES) process.exit(1);
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
  }
}

const [file = ""] = process.argv.slice(2);
let acting = false;
function once(why: RevertReason): void {
  if (acting) return;
  acting = true;
  clearTimeout(silence);
  void act(file, why);
}
let silence = setTimeout(() => once("harness silent"), SILENCE);
process.stdin.on("data", () => {
  clearTimeout(silence);
  if (!acting) silence = setTimeout(() => once("harness silent"), SILENCE);
});
process.stdin.on("end", () => once("harness gone"));
process.stdin.on("error", () => once("harness gone"));
process.on("SIGTERM", () => once("asked"));
process.on("SIGINT", () => undefined);
process.on("SIGHUP", () => undefined);
process.stdout.on("error", () => undefined);
process.stdout.write("ready\n");
