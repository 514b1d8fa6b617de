import type { Point, Series, Telemetry, TelemetrySink } from "./model.ts";
import { openWarehouse } from "./warehouse.ts";
import { type Answer, QueryError } from "./warehouse-query.ts";

/** What a view shows at one moment, as tables for questions in SQL. */
export interface Snapshot extends AsyncDisposable {
  /**
   * Answers one SELECT; long values are cut, and are text then.
   * @throws QueryError
   */
  ask(sql: string, rows: number): Promise<Answer>;
}

/** A value larger than this would have to pass through our memory whole. */
const LONGEST = 1_000;
const MOST_COLUMNS = 100;
/** Types whose values are small whatever is asked. */
const SMALL =
  /^(BOOLEAN|(U?(TINY|SMALL|BIG|HUGE)INT)|U?INTEGER|DOUBLE|FLOAT|DECIMAL\(.*\)|DATE|TIME|TIMESTAMP.*|INTERVAL)$/;

/**
 * Copies all that the view shows now. What it hides is not in these tables, nor anywhere that a statement could reach:
 * questions run in a locked database of their own. Points are increases, as the view has them, and their arrival is not
 * known: it is given as their time.
 */
export async function openSnapshot(telemetry: Telemetry): Promise<Snapshot> {
  const warehouse = await openWarehouse();
  fill(warehouse, telemetry);
  return {
    async ask(sql, rows) {
      const one = sql.replace(/[;\s]+$/, "");
      await requireOne(one);
      const described = await warehouse.query(`select column_name, column_type from (describe (\n${one}\n))`);
      if (described.rows.length > MOST_COLUMNS || described.cut)
        throw new QueryError(`at most ${MOST_COLUMNS} columns, please`);
      const places = described.rows.map((_, i) => `c${i}`);
      const values = described.rows.map(([, type], i) =>
        SMALL.test(String(type)) ? `c${i}` : `left(c${i}::varchar, ${LONGEST})`,
      );
      const bound = `select ${values.join(", ")} from (\n${one}\n) as asked(${places.join(", ")})`;
      const answer = await warehouse.query(bound, { rows });
      return { ...answer, columns: described.rows.map(([name]) => String(name)) };
    },
    [Symbol.asyncDispose]: () => warehouse[Symbol.asyncDispose](),
  };

  /** Alone it must be one statement: put between brackets, half of another could pass for a whole one. */
  async function requireOne(sql: string): Promise<void> {
    const told = await warehouse.query(`select json_serialize_sql('${sql.replaceAll("'", "''")}')`);
    const tree = JSON.parse(String(told.rows[0]?.[0])) as {
      readonly error: boolean;
      readonly error_message?: string;
      readonly statements?: readonly unknown[];
    };
    if (tree.error) throw new QueryError(tree.error_message ?? "no statement");
    if (tree.statements?.length !== 1) throw new QueryError("exactly one statement, please");
  }
}

function fill(sink: TelemetrySink, telemetry: Telemetry): void {
  const everything = { from: 0, to: telemetry.now };
  for (const span of telemetry.spans({})) sink.span(span);
  for (const record of telemetry.logs({})) sink.log(record);
  for (const change of telemetry.changes(everything)) sink.change(change);
  for (const object of telemetry.objects({ within: everything })) sink.object(object);
  for (const series of telemetry.series({ within: everything }))
    for (const point of pointsOf(series)) sink.point(point);
  for (const { component, kind, instances, attributes, first } of telemetry.components(everything))
    if (kind === "service") sink.resource(component, instances.at(-1) ?? "", attributes, first);
}

function* pointsOf({ at, value, count, bounds, buckets, ...who }: Series): Generator<Point> {
  for (const [i, time] of at.entries()) {
    const counted = count?.[i];
    const shares = buckets?.[i];
    yield {
      ...who,
      temporality: "delta",
      at: time,
      start: 0,
      value: value[i] ?? 0,
      arrival: time,
      ...(counted === undefined ? {} : { count: counted }),
      ...(bounds && shares ? { bounds, buckets: [...shares] } : {}),
    };
  }
}
