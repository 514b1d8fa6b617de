import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { identify } from "../targets/process-identity.ts";
import { clearUp } from "./aftermath.ts";
import { shapeEdge } from "./intent.ts";
import { createJournal, inheritJournal, type Journal } from "./journal.ts";
import { has, openIntents } from "./journal-record.ts";
import { serve } from "./testing/serve.ts";

let state = "";
let journal: Journal;
/** Edges that answer nothing that makes sense: nobody knows whether the shape is still there. */
let edges: AsyncDisposable;
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), "state-"));
  journal = await createJournal(state, "run-1", "test");
  const edgeSocket = join(state, "edges.sock");
  edges = await serve(edgeSocket, () => ({ ok: false, error: "busy" }));
  const intent = shapeEdge({ token: "t", ttlMs: 60_000, edgeSocket, on: "front->till" }, { delay: 100 });
  await journal.append({ kind: "intent", intent });
});
afterEach(async () => {
  await edges[Symbol.asyncDispose]();
  await rm(state, { recursive: true, force: true });
});
const clear = async () => clearUp(await inheritJournal(journal.file), "recovered");

describe("what cannot be confirmed", () => {
  it("ends with the processes of its run", async () => {
    const { pid, bootId } = await identify(process.pid, "till");
    const ended = { pid, bootId, startTime: "1", what: "till" };
    await journal.append({ kind: "owns", processes: [ended], runDirectory: join(state, "none") });
    expect((await clear()).map(({ outcome }) => outcome)).toEqual(["fell-back"]);
    expect(has(await journal.records(), "closed")).toBe(true);
  });
  it("stays open where the processes are another run's, until it can be", async () => {
    expect(await clear()).toMatchObject([{ outcome: "failed", byHand: expect.stringContaining("front->till") }]);
    expect(openIntents(await journal.records()).length).toBe(1);
    await edges[Symbol.asyncDispose]();
    expect((await clear()).map(({ outcome }) => outcome)).toEqual(["already"]);
    expect(has(await journal.records(), "closed")).toBe(true);
  });
});
