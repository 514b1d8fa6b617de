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
/** Recorded drills that an agent is held against. */
export function corpusDirectory(): string {
  return join(import.meta.dirname, "..", "corpus");
}
/** What the embedded agent's scores on them were when they were last accepted. */
export function acceptedFile(): string {
  return join(import.meta.dirname, "..", "accepted.json");
}
/** The checkout, or wherever Firedrill is installed. */
export function root(): string {
  return join(import.meta.dirname, "..", "..");
}
