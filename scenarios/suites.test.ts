import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Scenario } from "./scenario.ts";
import { SUITES } from "./suites.ts";

async function truths(names: readonly string[]): Promise<boolean[]> {
  const modules = await Promise.all(
    names.map((name) => import(join(import.meta.dirname, `${name}.ts`)) as Promise<{ default: Scenario }>),
  );
  return modules.map(({ default: { truth } }) => truth.incident);
}

describe.each(Object.entries(SUITES))("the suite %s", (_, names) => {
  it("names scenarios that there are, each once", () => {
    expect(names.filter((name) => !existsSync(join(import.meta.dirname, `${name}.ts`)))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("the suites", () => {
  it("smoke and core hold controls, a quarter at the most, or few", async () => {
    for (const suite of ["smoke", "core", "hard"]) {
      const incidents = await truths(SUITES[suite] ?? []);
      expect(incidents).toContain(false);
      expect(incidents.filter(Boolean).length).toBeGreaterThan(incidents.length / 2);
    }
  });
  it("controls holds nothing else", async () =>
    expect(new Set(await truths(SUITES["controls"] ?? []))).toEqual(new Set([false])));
});
