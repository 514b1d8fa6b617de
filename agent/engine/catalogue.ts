import type { Signal } from "../investigation.ts";
import type { Attributes } from "../telemetry/model.ts";

/** How the points of one metric in one bin become one number. */
type Reading =
  /** Sum over series of the gauge's mean. */
  | "level"
  /** Largest series of the gauge. */
  | "peak"
  /** Increase per second, summed over series. */
  | "per-second"
  /** Mean of a histogram's observations. */
  | "mean";

/** One thing a component can run out of, whatever its runtime calls it. */
export interface Resource {
  readonly name: string;
  readonly signal: Signal;
  /** What part it plays for the causes. */
  readonly role:
    | "cpu"
    | "memory"
    | "used"
    | "limit"
    | "pending"
    | "wait"
    | "hold"
    | "stall"
    | "lock"
    | "blocked"
    | "miss"
    | "other";
  /** Resources of one group belong together: used against its limit, pending beside it. */
  readonly group: string;
  /** Old and new names; the first that a component sends is read. */
  readonly metrics: readonly string[];
  readonly where?: Attributes;
  readonly reading: Reading;
  /** Smallest scale: engine page, section 3. */
  readonly floor: number;
  readonly relative: number;
}

const MEBI = 1024 * 1024;

/** What is read of metrics; accept old and new conventions. Floors: D1, X1 where the engine page has them, else H. */
export const CATALOGUE: readonly Resource[] = [
  { name: "cpu", signal: "cpu", role: "cpu", group: "cpu", metrics: ["container.cpu.usage", "process.cpu.time", "jvm.cpu.time", "process_cpu_seconds_total"], reading: "per-second", floor: 0.02, relative: 0.02 },
  { name: "cpu share", signal: "cpu", role: "other", group: "cpu", metrics: ["jvm.cpu.recent_utilization", "process.cpu.utilization"], reading: "peak", floor: 0.02, relative: 0.02 },
  { name: "memory", signal: "memory", role: "memory", group: "memory", metrics: ["process.memory.usage", "jvm.memory.used", "go.memory.used", "process_resident_memory_bytes", "process.runtime.cpython.memory"], reading: "level", floor: 10 * MEBI, relative: 0.02 },
  { name: "memory after collection", signal: "memory", role: "memory", group: "memory", metrics: ["jvm.memory.used_after_last_gc"], reading: "level", floor: 10 * MEBI, relative: 0.02 },
  { name: "database connections in use", signal: "pool", role: "used", group: "database", metrics: ["db.client.connection.count", "db.client.connections.usage"], where: { "db.client.connection.state": "used" }, reading: "level", floor: 1, relative: 0 },
  { name: "database connection limit", signal: "pool", role: "limit", group: "database", metrics: ["db.client.connection.max", "db.client.connection.limit", "db.client.connections.max"], reading: "level", floor: 1, relative: 0 },
  { name: "requests for a database connection", signal: "pool", role: "pending", group: "database", metrics: ["db.client.connection.pending_requests", "db.client.connections.pending_requests"], reading: "level", floor: 1, relative: 0 },
  { name: "wait for a database connection", signal: "pool", role: "wait", group: "database", metrics: ["db.client.connection.wait_time", "db.client.connections.wait_time"], reading: "mean", floor: 0.003, relative: 0.1 },
  { name: "hold of a database connection", signal: "pool", role: "hold", group: "database", metrics: ["db.client.connection.use_time", "db.client.connections.use_time"], reading: "mean", floor: 0.003, relative: 0.1 },
  { name: "database connection time-outs", signal: "pool", role: "other", group: "database", metrics: ["db.client.connection.timeouts", "db.client.connections.timeouts"], reading: "per-second", floor: 0.2, relative: 0 },
  { name: "workers busy", signal: "pool", role: "used", group: "workers", metrics: ["tomcat.thread.busy.count", "tomcat.threads.busy", "executor.active"], reading: "level", floor: 1, relative: 0 },
  { name: "worker limit", signal: "pool", role: "limit", group: "workers", metrics: ["tomcat.thread.limit", "tomcat.threads.config.max", "executor.pool.max"], reading: "level", floor: 1, relative: 0 },
  { name: "wait for a worker", signal: "pool", role: "wait", group: "workers", metrics: ["app.worker.queue_time"], reading: "mean", floor: 0.003, relative: 0.1 },
  { name: "outgoing connections in use", signal: "pool", role: "used", group: "http", metrics: ["http.client.open_connections"], where: { "http.connection.state": "active" }, reading: "level", floor: 1, relative: 0 },
  { name: "requests for an outgoing connection", signal: "pool", role: "pending", group: "http", metrics: ["app.http_pool.pending"], reading: "level", floor: 1, relative: 0 },
  { name: "wait for an outgoing connection", signal: "pool", role: "wait", group: "http", metrics: ["app.http_pool.wait_time"], reading: "mean", floor: 0.003, relative: 0.1 },
  { name: "open files", signal: "disk", role: "used", group: "files", metrics: ["process.unix.file_descriptor.count", "process.open_file_descriptor.count", "process_open_fds"], reading: "level", floor: 10, relative: 0.05 },
  { name: "open file limit", signal: "disk", role: "limit", group: "files", metrics: ["process.unix.file_descriptor.limit", "process_max_fds"], reading: "level", floor: 1, relative: 0 },
  { name: "event loop lag", signal: "cpu", role: "stall", group: "loop", metrics: ["asyncio.loop.lag"], reading: "mean", floor: 0.003, relative: 0.1 },
  { name: "event loop delay p99", signal: "cpu", role: "stall", group: "loop", metrics: ["nodejs.eventloop.delay.p99", "nodejs_eventloop_lag_p99_seconds"], reading: "peak", floor: 0.01, relative: 0.1 },
  { name: "event loop utilisation", signal: "cpu", role: "other", group: "loop", metrics: ["nodejs.eventloop.utilization"], reading: "peak", floor: 0.05, relative: 0.1 },
  { name: "garbage collection", signal: "cpu", role: "stall", group: "gc", metrics: ["jvm.gc.duration"], reading: "per-second", floor: 0.03, relative: 0.1 },
  { name: "wait for a mutex", signal: "pool", role: "lock", group: "lock", metrics: ["app.mutex.wait_time"], reading: "per-second", floor: 0.05, relative: 0.1 },
  { name: "blocked threads", signal: "pool", role: "blocked", group: "lock", metrics: ["jvm.thread.count"], where: { "jvm.thread.state": "blocked" }, reading: "level", floor: 1, relative: 0 },
  { name: "threads", signal: "pool", role: "other", group: "threads", metrics: ["jvm.thread.count", "process.thread.count"], reading: "level", floor: 3, relative: 0.05 },
  { name: "goroutines", signal: "pool", role: "other", group: "threads", metrics: ["go.goroutine.count"], reading: "level", floor: 10, relative: 0.1 },
  { name: "scheduling delay", signal: "cpu", role: "stall", group: "schedule", metrics: ["go.schedule.duration"], reading: "mean", floor: 0.003, relative: 0.1 },
  { name: "cache misses", signal: "traffic", role: "miss", group: "cache", metrics: ["app.cache.requests"], where: { result: "miss" }, reading: "per-second", floor: 1, relative: 0.1 },
  { name: "requests in progress", signal: "traffic", role: "other", group: "requests", metrics: ["http.server.active_requests"], reading: "level", floor: 2, relative: 0.1 },
  { name: "network bytes out", signal: "traffic", role: "other", group: "network", metrics: ["tomcat.network.io"], where: { "network.io.direction": "transmit" }, reading: "per-second", floor: 2000, relative: 0.1 },
  { name: "answer bytes", signal: "traffic", role: "other", group: "network", metrics: ["http.server.response.body.size"], reading: "per-second", floor: 2000, relative: 0.1 },
  { name: "host cpu", signal: "cpu", role: "other", group: "host", metrics: ["jvm.system.cpu.utilization", "system.cpu.utilization"], reading: "peak", floor: 0.05, relative: 0.1 },
  { name: "host load", signal: "cpu", role: "other", group: "host", metrics: ["jvm.system.cpu.load_1m", "system.cpu.load_average.1m"], reading: "peak", floor: 0.5, relative: 0.1 },
  { name: "database sessions", signal: "pool", role: "other", group: "sessions", metrics: ["postgresql.backends"], reading: "level", floor: 2, relative: 0.1 },
  { name: "database sessions waiting on a lock", signal: "pool", role: "blocked", group: "sessions", metrics: ["postgresql.database.locks"], where: { granted: "false" }, reading: "level", floor: 1, relative: 0 },
  { name: "deadlocks", signal: "pool", role: "other", group: "sessions", metrics: ["postgresql.deadlocks"], reading: "per-second", floor: 0.1, relative: 0 },
]; // biome-ignore format: a table reads better than wrapped objects

/** Every metric name that is read. */
export const METRICS: readonly string[] = [...new Set(CATALOGUE.flatMap((resource) => resource.metrics))];

const UNITS: ReadonlyMap<string, number> = new Map([
  ["ms", 1e-3],
  ["us", 1e-6],
  ["ns", 1e-9],
  ["min", 60],
  ["KiBy", 1024],
  ["kBy", 1000],
  ["MiBy", MEBI],
  ["GiBy", 1024 * MEBI],
  ["%", 0.01],
]);

/** Factor that turns a UCUM unit into the engine's: seconds, bytes, ratios, counts. */
export const toEngine = (unit: string): number => UNITS.get(unit) ?? 1;

/** The engine's unit of a resource, for people. */
export function unitOf(resource: Resource): string {
  if (resource.role === "cpu" || resource.role === "lock" || resource.name === "garbage collection") return "s/s";
  if (resource.role === "memory") return "By";
  if (resource.role === "wait" || resource.role === "hold" || resource.role === "stall") return "s";
  if (resource.group === "network") return "By/s";
  return resource.reading === "per-second" ? "1/s" : "1";
}
