import { homedir } from "node:os";
import { join } from "node:path";

/** Where journals of running drills lie: one place a machine. */
export function stateDirectory(): string {
  return join(process.env["XDG_STATE_HOME"] ?? join(homedir(), ".local", "state"), "firedrill");
}
/** Where built sample apps are kept; the name is neutral because its paths show in the apps' telemetry. */
export function buildCache(): string {
  return join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "sample-apps");
}
/** Where runs leave their results. */
export function reportsDirectory(): string {
  return join(import.meta.dirname, "..", "..", "reports");
}
