import type { Change, ClusterObject, LogRecord, Point, Span } from "./model.ts";
import type { ResourceRecord } from "./warehouse-tables.ts";

/** The values of one column; null where a record had none. */
type Column = readonly unknown[];
export type Columns = (name: string) => Column;
/** The nth record of a table, as it was put in. */
export type Records<T> = (n: number) => T;

interface Lists {
  readonly items: readonly number[];
}
const listAt = (column: Column, n: number): readonly number[] | undefined => (column[n] as Lists | null)?.items;

/** The field if there is a value; undefined fields are left out. */
function maybe<K extends string>(key: K, value: unknown): object {
  return value === null || value === undefined ? {} : { [key]: value };
}

/**
 * Texts of JSON that were read before are not read again: most attributes are said thousands of times, and records that
 * say the same then share one object.
 */
function reader(): (text: unknown) => unknown {
  const known = new Map<string, unknown>();
  return (text) => {
    if (typeof text !== "string") return undefined;
    if (!known.has(text)) known.set(text, JSON.parse(text));
    return known.get(text);
  };
}

function sender(columns: Columns): (n: number) => Pick<Span, "component" | "instance" | "arrival"> {
  const component = columns("component");
  const instance = columns("instance");
  const arrival = columns("arrival_ms");
  return (n) => ({
    component: component[n] as string,
    instance: instance[n] as string,
    arrival: arrival[n] as number,
  });
}

/** How records come out of the tables of the warehouse again; the inverse of their columns. */
export const RECORDS = {
  spans(columns: Columns): Records<Span> {
    const json = reader();
    const from = sender(columns);
    const [trace, id, parent] = [columns("trace"), columns("id"), columns("parent")];
    const [name, kind, failed] = [columns("name"), columns("kind"), columns("failed")];
    const [start, end] = [columns("start_ms"), columns("end_ms")];
    const [attributes, exceptions] = [columns("attributes"), columns("exceptions")];
    return (n) =>
      ({
        ...from(n),
        trace: trace[n],
        id: id[n],
        ...maybe("parent", parent[n]),
        name: name[n],
        kind: kind[n],
        start: start[n],
        end: end[n],
        failed: failed[n],
        attributes: json(attributes[n]),
        exceptions: json(exceptions[n]),
      }) as Span;
  },
  points(columns: Columns): Records<Point> {
    const json = reader();
    const from = sender(columns);
    const [metric, unit, kind] = [columns("metric"), columns("unit"), columns("kind")];
    const [temporality, at, start] = [columns("temporality"), columns("at_ms"), columns("start_ms")];
    const [value, count, attributes] = [columns("value"), columns("count"), columns("attributes")];
    const [bounds, buckets] = [columns("bounds"), columns("buckets")];
    return (n) =>
      ({
        ...from(n),
        metric: metric[n],
        unit: unit[n],
        kind: kind[n],
        temporality: temporality[n],
        attributes: json(attributes[n]),
        at: at[n],
        start: start[n],
        value: value[n],
        ...maybe("count", count[n]),
        ...maybe("bounds", listAt(bounds, n)),
        ...maybe("buckets", listAt(buckets, n)),
      }) as Point;
  },
  logs(columns: Columns): Records<LogRecord> {
    const json = reader();
    const from = sender(columns);
    const [at, severity, body] = [columns("at_ms"), columns("severity"), columns("body")];
    const [trace, span] = [columns("trace"), columns("span")];
    const [exception, attributes] = [columns("exception"), columns("attributes")];
    return (n) =>
      ({
        ...from(n),
        at: at[n],
        severity: severity[n],
        body: body[n],
        ...maybe("trace", trace[n]),
        ...maybe("span", span[n]),
        ...maybe("exception", json(exception[n])),
        attributes: json(attributes[n]),
      }) as LogRecord;
  },
  changes(columns: Columns): Records<Change> {
    const [arrival, at, id] = [columns("arrival_ms"), columns("at_ms"), columns("id")];
    const [component, kind, summary] = [columns("component"), columns("kind"), columns("summary")];
    const [before, after, status] = [columns("before"), columns("after"), columns("status")];
    return (n) =>
      ({
        id: id[n],
        at: at[n],
        component: component[n],
        kind: kind[n],
        summary: summary[n],
        ...maybe("before", before[n]),
        ...maybe("after", after[n]),
        status: status[n],
        arrival: arrival[n],
      }) as Change;
  },
  objects(columns: Columns): Records<ClusterObject> {
    const json = reader();
    const from = sender(columns);
    const [at, kind] = [columns("at_ms"), columns("kind")];
    const [reason, attributes] = [columns("reason"), columns("attributes")];
    return (n) =>
      ({ ...from(n), at: at[n], kind: kind[n], reason: reason[n], attributes: json(attributes[n]) }) as ClusterObject;
  },
  resources(columns: Columns): Records<ResourceRecord> {
    const json = reader();
    const from = sender(columns);
    const attributes = columns("attributes");
    return (n) => ({ ...from(n), attributes: json(attributes[n]) }) as ResourceRecord;
  },
} as const;
