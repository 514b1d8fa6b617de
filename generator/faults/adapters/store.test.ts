import { describe, expect, it } from "vitest";
import { holdLocks } from "../job-lock.ts";
import { stateOn } from "../testing/state.ts";
import { locking, store } from "./store.ts";

describe("what a job locks", () => {
  it("the whole of a table", () =>
    expect(locking({ table: "products" })).toBe('lock table "products" in access exclusive mode'));
  it("or its first rows", () =>
    expect(locking({ table: "users", rows: 100 })).toBe('select 1 from "users" where id <= 100 for update'));
  it("and never what a name may smuggle in", () =>
    expect(locking({ table: 'a"; drop table b' })).toBe('lock table "a""; drop table b" in access exclusive mode'));
});

describe("a store that is not on this machine", () => {
  const access = { host: "10.0.0.7", port: 5_432, database: "store", user: "orders", password: "secret" };
  const { forward, inverse, precondition } = holdLocks({ ...stateOn("store"), store: access }, { table: "users" });

  it("is never written to, looked at, or asked to end a session", async () => {
    if (forward.kind !== "store.lock" || inverse.kind !== "store.end-session" || precondition.kind !== "no-session")
      throw new Error("not a job");
    await expect(store.apply(forward)).rejects.toMatchObject({ exitCode: 2 });
    await expect(store.holds(precondition)).rejects.toMatchObject({ exitCode: 2 });
    await expect(store.undo(inverse)).rejects.toMatchObject({ exitCode: 2 });
  });
});
