import type { DuckDBConnection } from "@duckdb/node-api";
import type { Change, ClusterObject, LogRecord, Millis, Point, Span, TelemetrySink } from "./model.ts";
import { Batch } from "./warehouse-batch.ts";
import { type ResourceRecord, TABLES } from "./warehouse-tables.ts";

interface Batches {
  readonly spans: Batch<Span>;
  readonly points: Batch<Point>;
  readonly logs: Batch<LogRecord>;
  readonly changes: Batch<Change>;
  readonly objects: Batch<ClusterObject>;
  readonly resources: Batch<ResourceRecord>;
}

/** Puts records into the tables in batches. It never throws as a sink: what went wrong is thrown by `flush`. */
export class Writer {
  readonly sink: TelemetrySink;
  readonly #batches: Batches;
  /** ms that a row may wait; undefined: until its batch is full or `flush` is called. */
  readonly #wait: Millis | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failure: unknown;

  private constructor(batches: Batches, wait: Millis | undefined) {
    this.#batches = batches;
    this.#wait = wait;
    this.sink = this.#sink();
  }

  static async open(connection: DuckDBConnection, wait?: Millis): Promise<Writer> {
    const batches = {
      spans: await Batch.open(connection, TABLES.spans),
      points: await Batch.open(connection, TABLES.points),
      logs: await Batch.open(connection, TABLES.logs),
      changes: await Batch.open(connection, TABLES.changes),
      objects: await Batch.open(connection, TABLES.objects),
      resources: await Batch.open(connection, TABLES.resources),
    };
    return new Writer(batches, wait);
  }

  flush(): void {
    this.#writeAll();
    if (this.#failure !== undefined) throw this.#failure;
  }

  close(): void {
    this.#writeAll();
    for (const batch of Object.values(this.#batches)) batch.close();
  }

  #writeAll(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const batch of Object.values(this.#batches)) this.#write(batch);
  }

  #write(batch: { flush(): void }): void {
    try {
      batch.flush();
    } catch (error) {
      this.#failure ??= error;
    }
  }

  #sink(): TelemetrySink {
    const { spans, points, logs, changes, objects, resources } = this.#batches;
    const known = new Map<string, string>();
    return {
      span: (span) => this.#add(spans, span),
      point: (point) => this.#add(points, point),
      log: (record) => this.#add(logs, record),
      change: (change) => this.#add(changes, change),
      object: (object) => this.#add(objects, object),
      resource: (component, instance, attributes, arrival) => {
        // Every request says again who sends it.
        const who = `${component}\0${instance}`;
        const what = JSON.stringify(attributes);
        if (known.get(who) === what) return;
        known.set(who, what);
        this.#add(resources, { component, instance, attributes, arrival });
      },
    };
  }

  #add<T>(batch: Batch<T>, record: T): void {
    batch.add(record);
    if (batch.full) this.#write(batch);
    else if (this.#wait !== undefined) this.#timer ??= setTimeout(() => this.#writeAll(), this.#wait);
  }
}
