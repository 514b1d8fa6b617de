import type { Attributes, ExceptionRecord, Instant, LogRecord, Span, SpanKind } from "../../telemetry/model.ts";
import { type Chance, chance } from "./random.ts";

/** Writes down the spans and log lines of a town. */
export class Pen {
  readonly spans: Span[] = [];
  readonly logs: LogRecord[] = [];
  readonly name: (app: string) => string;
  readonly #random: Chance;
  #ids = 0;

  constructor(seed: number, name: (app: string) => string) {
    this.name = name;
    this.#random = chance(seed ^ 0x2545f491);
  }

  id(): string {
    this.#ids += 1;
    return this.#ids.toString(16).padStart(16, "0");
  }
  span(
    app: string,
    kind: SpanKind,
    name: string,
    trace: string,
    id: string,
    parent: string,
    start: Instant,
    end: Instant,
    failed: boolean,
    attributes: Attributes,
    thrown?: ExceptionRecord,
  ): void {
    const component = this.name(app);
    const arrival = end + 100 + this.#random.next() * 1000;
    this.spans.push({
      trace,
      id,
      parent,
      component,
      instance: `${component}-1`,
      name,
      kind,
      start,
      end,
      failed,
      attributes,
      exceptions: thrown ? [thrown] : [],
      arrival,
    });
  }
  log(app: string, at: Instant, severity: number, body: string, trace: string, exception?: ExceptionRecord): void {
    const component = this.name(app);
    this.logs.push({
      at,
      component,
      instance: `${component}-1`,
      severity,
      body,
      trace,
      attributes: {},
      arrival: at + 300,
      ...(exception ? { exception } : {}),
    });
  }
}
