import { describe, expect, it } from "vitest";
import type { Call } from "../../agent/telemetry/model.ts";
import { openStore } from "../../agent/telemetry/store.ts";
import { growing, reachedFrom, requireScope, restriction, scopeNames } from "./scope.ts";

const T0 = 1_800_000_000_000;
const KNOWN = ["go-otel-sample-app", "java-otel-sample-app", "otel-sample-app", "store"];
const call = (caller: string, callee: string): Call => ({
  caller,
  callee,
  sync: true,
  count: 1,
  failed: 0,
  clientSeconds: 0,
  serverSeconds: 0,
  unanswered: 0,
});

describe("a scope", () => {
  it("is named by an app's name or its beginning", () => {
    expect(scopeNames(["app=java-otel"])).toEqual(["java-otel"]);
    expect(requireScope(["java-otel", "otel-sample-app", "store"], KNOWN)).toEqual([
      "java-otel-sample-app",
      "otel-sample-app",
      "store",
    ]);
  });
  it.each([
    ["another kind of scope", () => scopeNames(["region=eu"]), /"region=eu" is not a scope/],
    ["no name", () => scopeNames(["app="]), /is not a scope/],
    ["an unknown app", () => requireScope(["billing"], KNOWN), /billing is no component that was heard of/],
    ["the end of a name", () => requireScope(["sample-app"], KNOWN), /is no component/],
    ["a beginning of two names", () => requireScope(["o"], ["one", "other"]), /could be more than one/],
  ])("%s is refused", (_, read, message) => expect(read).toThrow(message));

  it("holds what is called directly or not, also in a circle, and no caller", () => {
    const calls = [call("a", "b"), call("b", "c"), call("c", "b"), call("z", "a"), call("z", "y")];
    expect([...reachedFrom(["a"], calls)].sort()).toEqual(["a", "b", "c"]);
  });
});

/** `z` calls `a`, `a` calls `b`: one trace a second for 20 s. */
function stored() {
  const store = openStore();
  for (let second = 0; second < 20; second++) {
    const at = T0 + 1_000 * second;
    const chain = ["z", "a", "b"];
    chain.forEach((component, i) => {
      const base = { trace: `t${second}`, component, instance: "i", failed: false, exceptions: [], arrival: at + 500 };
      const server = `${second}${component}s`;
      const parent = i === 0 ? {} : { parent: `${second}${chain[i - 1]}c` };
      store.span({ ...base, ...parent, id: server, name: "GET /", kind: "server", start: at + i, end: at + 100 - i, attributes: {} });
      if (i < 2)
        store.span({ ...base, parent: server, id: `${second}${component}c`, name: "GET", kind: "client", start: at + i, end: at + 99 - i, attributes: {} });
    });
  } // biome-ignore format: one shape
  return store;
}

describe("a view in a scope", () => {
  const store = stored();
  const whole = store.view(() => T0 + 30_000);
  const view = restriction(["a"], whole)(whole);
  const names = (all: readonly { readonly component: string }[]): string[] =>
    [...new Set(all.map(({ component }) => component))].sort();

  it("shows the app and what it calls, and nothing else", () => {
    expect(names(view.components({ from: 0, to: T0 + 60_000 }))).toEqual(["a", "b"]);
    expect(names(view.spans({}))).toEqual(["a", "b"]);
    expect(view.calls({ from: T0, to: T0 + 60_000 }).map(({ caller, callee }) => `${caller} ${callee}`)).toEqual([
      "a b",
    ]);
    expect(view.spans({ component: "z" })).toEqual([]);
    expect(view.spans({ kind: "server", limit: 3 })).toHaveLength(3);
  });
  it("without apps shows all", () => {
    expect(restriction([], whole)(whole)).toBe(whole);
  });
  it("grows live with the calls that are seen, and never beyond them", () => {
    let now = T0 + 1_000;
    const live = growing(
      store.view(() => now),
      ["a"],
    );
    expect(names(live.spans({}))).toEqual(["a", "b"]);
    now = T0 + 20_000;
    expect(names(live.spans({}))).toEqual(["a", "b"]);
  });
});
