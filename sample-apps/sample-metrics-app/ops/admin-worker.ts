import { lstatSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { parentPort, workerData } from "node:worker_threads";
import { lagMs } from "./beat.ts";
import { Board } from "./board.ts";
import { Desk, type Identity } from "./desk.ts";

/** What the thread is started with. */
export interface AdminWork {
  readonly path: string;
  readonly identity: Identity;
  /** The beat of the main thread. */
  readonly beat: BigInt64Array;
}

const { path, identity, beat } = workerData as AdminWork;
const desk = new Desk(identity, new Board([]), () => ({ "loop.lag_ms": lagMs(beat, process.hrtime.bigint()) }));

if (lstatSync(path, { throwIfNoEntry: false })?.isSocket()) rmSync(path); // left by a process that was killed
createServer(serve).listen(path, () => parentPort?.postMessage("listening"));

function serve(connection: Socket): void {
  connection.on("error", () => connection.destroy());
  const lines = createInterface({ input: connection });
  lines.on("line", (line) => connection.write(`${desk.answer(line)}\n`));
  lines.on("error", () => connection.destroy());
}
