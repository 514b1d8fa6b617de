import assert from "node:assert/strict";
import { test } from "node:test";
import { beat, lagMs, newBeatMemory } from "./beat.ts";
import { Board } from "./board.ts";
import { Desk } from "./desk.ts";

const desk = new Desk({ pid: 7, startedAt: 1000, release: "base" }, new Board([]), () => ({ "loop.lag_ms": 4 }));
const ask = (line: string) => JSON.parse(desk.answer(line));

test("the desk says who it is and what it measures", () => {
  assert.deepEqual(ask('{"op":"hello"}'), { ok: true, pid: 7, startedAt: 1000, release: "base" });
  assert.deepEqual(ask('{"op":"meters"}'), { ok: true, meters: { "loop.lag_ms": 4 } });
});

test("the desk clears, and refuses what it does not know", () => {
  assert.equal(ask('{"op":"clear","token":"k3f9"}').ok, true);
  assert.equal(typeof ask('{"op":"clear"}').at, "number");
  assert.deepEqual(ask('{"op":"set","key":"a.b","value":1,"ttlMs":5}'), { ok: false, error: 'unknown key "a.b"' });
  assert.deepEqual(ask('{"op":"stop"}'), { ok: false, error: "unknown op" });
  for (const line of ["", "x", "[]", "null", "7"]) assert.deepEqual(ask(line), { ok: false, error: "not a request" });
});

test("the lag is that of the last beat, or of the one still due", () => {
  const memory = newBeatMemory();
  const ms = (count: number) => BigInt(count) * 1_000_000n;
  beat(memory, ms(1000));
  beat(memory, ms(1020));
  assert.equal(lagMs(memory, ms(1030)), 0);
  beat(memory, ms(1070));
  assert.equal(lagMs(memory, ms(1071)), 30);
  assert.equal(lagMs(memory, ms(1190)), 100);
});
