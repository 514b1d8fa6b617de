import { edgeLatency } from "../kinds/edge-latency.ts";
import { startReaper } from "../reaper.ts";
import { EDGE, stage, users } from "./stage.ts";

/** A harness to be killed: it injects a fault, says so on stdout, and would hold it for ever. */
const on = await stage();
const reaper = await startReaper(on.scene.journal);
users(on);
const { signal } = new AbortController();
const injection = await edgeLatency(EDGE, { delayMs: 200, jitterMs: 0 }, 600_000).inject(on.scene, signal);
const { edgeSocket, processes } = on.scene.target;
const told = { state: on.state, journal: on.scene.journal.file, edgeSocket, edges: processes()[0], reaper: reaper.pid };
process.stdout.write(`${JSON.stringify({ ...told, effectiveAt: injection.effectiveAt })}\n`);
setInterval(() => undefined, 1_000);
