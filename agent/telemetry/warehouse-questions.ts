import type { DuckDBConnection } from "@duckdb/node-api";
import type { Instant } from "./model.ts";
import { type Answer, ask, type Limits } from "./warehouse-query.ts";
import { Visible } from "./warehouse-visible.ts";

/** Answers questions about the rows behind `source`, one after the other, because they share what is visible. */
export class Questions {
  readonly #source: DuckDBConnection;
  #visible: Visible | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(source: DuckDBConnection) {
    this.#source = source;
  }

  /** From the rows that had arrived by `until`. To go back costs a copy of all of them. */
  ask(sql: string, until: Instant, limits: Limits): Promise<Answer> {
    const turn = this.#last.then(async () => {
      if (this.#visible && this.#visible.until > until) this.#forget();
      this.#visible ??= await Visible.open();
      const visible = this.#visible;
      await visible.advance(this.#source, until).catch((error: unknown) => {
        this.#forget();
        throw error;
      });
      return ask(visible.instance, sql, limits);
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    await this.#last;
    this.#forget();
  }

  #forget(): void {
    this.#visible?.close();
    this.#visible = undefined;
  }
}
