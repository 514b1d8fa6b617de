import type { DuckDBValue } from "@duckdb/node-api";
import { BOOLEAN, DOUBLE, type DuckDBType, INTEGER, LIST, listValue, VARCHAR } from "@duckdb/node-api";
import type { Attributes, Change, ClusterObject, Instant, LogRecord, Point, Span } from "./model.ts";

/** The resource attributes of an instance, from `arrival` on. */
export interface ResourceRecord {
  readonly component: string;
  readonly instance: string;
  readonly attributes: Attributes;
  readonly arrival: Instant;
}

/** One column: its name, what it is in SQL, and how a record fills it. Undefined becomes NULL. */
type Column<T> = readonly [name: string, type: keyof typeof TYPES, of: (record: T) => unknown];
export interface Table<T> {
  readonly name: string;
  readonly columns: readonly Column<T>[];
}

/** JSON is text to the writer. Instants are DOUBLE, ms since 1970 with fractions, their columns end in `_ms`. */
const TYPES = {
  VARCHAR: { type: VARCHAR, value: plain },
  JSON: { type: VARCHAR, value: (one: unknown) => (one === undefined ? null : JSON.stringify(one)) },
  DOUBLE: { type: DOUBLE, value: plain },
  INTEGER: { type: INTEGER, value: plain },
  BOOLEAN: { type: BOOLEAN, value: plain },
  "DOUBLE[]": {
    type: LIST(DOUBLE),
    value: (one: unknown) => (one === undefined ? null : listValue(one as readonly number[])),
  },
} as const satisfies Record<string, { type: DuckDBType; value: (one: unknown) => DuckDBValue }>;

function plain(one: unknown): DuckDBValue {
  return one === undefined ? null : (one as DuckDBValue);
}

type Sent = {
  readonly component: string;
  readonly instance: string;
  readonly attributes: Attributes;
  readonly arrival: Instant;
};
const ARRIVAL: Column<Pick<Sent, "arrival">> = ["arrival_ms", "DOUBLE", ({ arrival }) => arrival];
const AT: Column<{ readonly at: Instant }> = ["at_ms", "DOUBLE", ({ at }) => at];
const COMPONENT: Column<Pick<Sent, "component">> = ["component", "VARCHAR", ({ component }) => component];
const INSTANCE: Column<Pick<Sent, "instance">> = ["instance", "VARCHAR", ({ instance }) => instance];
const ATTRIBUTES: Column<Pick<Sent, "attributes">> = ["attributes", "JSON", ({ attributes }) => attributes];

/** Every record as it was received, with the arrival in every row. */
export const TABLES = {
  spans: table<Span>("spans", [
    ARRIVAL,
    ["trace", "VARCHAR", ({ trace }) => trace],
    ["id", "VARCHAR", ({ id }) => id],
    ["parent", "VARCHAR", ({ parent }) => parent],
    COMPONENT,
    INSTANCE,
    ["name", "VARCHAR", ({ name }) => name],
    ["kind", "VARCHAR", ({ kind }) => kind],
    ["start_ms", "DOUBLE", ({ start }) => start],
    ["end_ms", "DOUBLE", ({ end }) => end],
    ["failed", "BOOLEAN", ({ failed }) => failed],
    ATTRIBUTES,
    ["exceptions", "JSON", ({ exceptions }) => exceptions],
  ]),
  /** As sent: `value` of a histogram is its sum; `start_ms` is where the accumulation began, 0 if unknown. */
  points: table<Point>("points", [
    ARRIVAL,
    AT,
    ["start_ms", "DOUBLE", ({ start }) => start],
    COMPONENT,
    INSTANCE,
    ["metric", "VARCHAR", ({ metric }) => metric],
    ["unit", "VARCHAR", ({ unit }) => unit],
    ["kind", "VARCHAR", ({ kind }) => kind],
    ["temporality", "VARCHAR", ({ temporality }) => temporality],
    ["value", "DOUBLE", ({ value }) => value],
    ["count", "DOUBLE", ({ count }) => count],
    ["bounds", "DOUBLE[]", ({ bounds }) => bounds],
    ["buckets", "DOUBLE[]", ({ buckets }) => buckets],
    ATTRIBUTES,
  ]),
  logs: table<LogRecord>("logs", [
    ARRIVAL,
    AT,
    COMPONENT,
    INSTANCE,
    ["severity", "INTEGER", ({ severity }) => severity],
    ["body", "VARCHAR", ({ body }) => body],
    ["trace", "VARCHAR", ({ trace }) => trace],
    ["span", "VARCHAR", ({ span }) => span],
    ["exception", "JSON", ({ exception }) => exception],
    ATTRIBUTES,
  ]),
  changes: table<Change>("changes", [
    ARRIVAL,
    AT,
    ["id", "VARCHAR", ({ id }) => id],
    COMPONENT,
    ["kind", "VARCHAR", ({ kind }) => kind],
    ["summary", "VARCHAR", ({ summary }) => summary],
    ["before", "VARCHAR", ({ before }) => before],
    ["after", "VARCHAR", ({ after }) => after],
    ["status", "VARCHAR", ({ status }) => status],
  ]),
  objects: table<ClusterObject>("objects", [
    ARRIVAL,
    AT,
    COMPONENT,
    INSTANCE,
    ["kind", "VARCHAR", ({ kind }) => kind],
    ["reason", "VARCHAR", ({ reason }) => reason],
    ATTRIBUTES,
  ]),
  resources: table<ResourceRecord>("resources", [ARRIVAL, COMPONENT, INSTANCE, ATTRIBUTES]),
} as const;
export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[];

function table<T>(name: string, columns: readonly Column<T>[]): Table<T> {
  return { name, columns };
}

export function createStatement({ name, columns }: Table<never>): string {
  return `create table ${name} (${columns.map(([column, type]) => `"${column}" ${type}`).join(", ")})`;
}
export const typesOf = ({ columns }: Table<never>): DuckDBType[] => columns.map(([, type]) => TYPES[type].type);

/** The record's values in the order of the columns. */
export function valuesOf<T>({ columns }: Table<T>, record: T): DuckDBValue[] {
  return columns.map(([, type, of]) => TYPES[type].value(of(record)));
}
