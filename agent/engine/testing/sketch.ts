import type { ExceptionRecord, Span, SpanKind } from "../../telemetry/model.ts";
import { forest, type Node } from "../traces.ts";

/** What a test says about a span; the rest is filled in. Times in ms. */
export interface Sketch {
  readonly id: string;
  readonly parent?: string;
  readonly of: string;
  readonly kind?: SpanKind;
  readonly name?: string;
  readonly from: number;
  readonly to: number;
  readonly failed?: boolean;
  readonly status?: number;
  readonly thrown?: ExceptionRecord;
  readonly told?: Span["attributes"];
  readonly trace?: string;
}
export function spanOf(one: Sketch): Span {
  const {
    id,
    of,
    from,
    to,
    kind = "server",
    name = "op",
    failed = false,
    status,
    thrown,
    told = {},
    trace = "t1",
  } = one;
  return {
    trace,
    id,
    component: of,
    instance: `${of}-1`,
    name,
    kind,
    start: from,
    end: to,
    failed,
    attributes: { ...told, ...(status === undefined ? {} : { "http.response.status_code": status }) },
    exceptions: thrown ? [thrown] : [],
    arrival: to,
    ...(one.parent === undefined ? {} : { parent: one.parent }),
  };
}
/** Trees of some spans, by id. */
export function treesOf(...sketches: readonly Sketch[]): { nodes: readonly Node[]; at: (id: string) => Node } {
  const nodes = forest(sketches.map(spanOf));
  const at = (id: string) => {
    const node = nodes.find((one) => one.span.id === id);
    if (!node) throw new RangeError(`no span ${id}`);
    return node;
  };
  return { nodes, at };
}
