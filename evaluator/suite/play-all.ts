import { HarnessError } from "../../generator/harness-error.ts";
import { type Attempt, failure } from "./attempt.ts";
import { type Drill, nextOf, type Tally } from "./order.ts";
import type { Quiet } from "./quiet.ts";

/** Where drills are played; the apps stay up from one to the next. */
export interface Ground {
  /** Whether something is wrong in this scenario. */
  incident(scenario: string): boolean;
  /** Plays a drill after the quiet time that the one before has left. Throws when it could not be held. */
  play(drill: Drill, nth: number, quiet: Quiet | undefined): Promise<Played>;
  /** Ends the apps; the next drill starts them anew. Throws (exit 1) when something is left behind. */
  clear(): Promise<void>;
}
export interface Played {
  /** Left to the next drill; undefined when users were not well again. */
  readonly quiet: Quiet | undefined;
  /** Judges, and leaves recording and report. Never throws. */
  finish(): Promise<Attempt>;
}
/** What has come of the drills; kept where an interruption cannot reach it. */
export interface Book {
  tally(): Tally;
  note(drill: Drill, attempt: Attempt): Promise<void>;
}

/**
 * Plays everything that the book does not have yet, one after the other. A drill is judged while the next one begins, so
 * that the load does not pause. Whatever goes wrong in a drill is noted, and the next one gets apps of its own; only
 * something left behind, the signal, and a machine on which not even the first drill can begin end it early, by throwing.
 */
export async function playAll(ground: Ground, book: Book, signal: AbortSignal): Promise<void> {
  let quiet: Quiet | undefined;
  let begun = false;
  const judging = new Judging(book);
  try {
    for (;;) {
      let drill = nextOf(book.tally(), judging.drill);
      if (drill === undefined) {
        await judging.done();
        drill = nextOf(book.tally(), undefined);
      }
      if (drill === undefined) return;
      signal.throwIfAborted();
      const played = await attempt(ground, book, drill, quiet).catch((error: unknown) => {
        if (signal.aborted || (!begun && unready(error))) throw error;
        return failure(ground.incident(drill.scenario), error);
      });
      begun = true;
      await judging.done();
      if ("finish" in played) judging.start(drill, played);
      else await book.note(drill, played);
      quiet = "finish" in played ? played.quiet : undefined;
      if (quiet === undefined) await ground.clear();
    }
  } finally {
    // What has been played is not lost, whatever ends the suite.
    await judging.done();
  }
}

function attempt(ground: Ground, book: Book, drill: Drill, quiet: Quiet | undefined): Promise<Played> {
  const nth = book.tally().find(({ scenario, seed }) => scenario === drill.scenario && seed === drill.seed);
  return ground.play(drill, nth?.attempts.length ?? 0, quiet);
}

/** The machine lacks something, or was asked for what there is not. */
function unready(error: unknown): boolean {
  return error instanceof HarnessError && (error.exitCode === 2 || error.exitCode === 3);
}

/** The drill that is being judged while another one is played. */
class Judging {
  readonly #book: Book;
  drill: Drill | undefined;
  #noted: Promise<void> = Promise.resolve();

  constructor(book: Book) {
    this.#book = book;
  }

  start(drill: Drill, played: Played): void {
    this.drill = drill;
    this.#noted = played.finish().then((attempt) => this.#book.note(drill, attempt));
    // Reported by whoever waits for it.
    this.#noted.catch(() => undefined);
  }

  async done(): Promise<void> {
    await this.#noted;
    this.drill = undefined;
  }
}
