import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const imports = (from: string): string => `import { x } from "${from}";\nexport const y = x;\n`;
const types = (from: string): string => `import type { X } from "${from}";\nexport type Y = X;\n`;

/** What stands in which file, and the rule that must object. */
const OFFENCES: readonly (readonly [string, string, string])[] = [
  ["agent/a.ts", imports("../generator/phase.ts"), "noRestrictedImports"],
  ["agent/b.ts", types("../generator/phase.ts"), "noRestrictedImports"],
  ["agent/engine/a.ts", imports("../../scenarios/scenario.ts"), "noRestrictedImports"],
  ["agent/agents/a.ts", types("../../evaluator/run.ts"), "noRestrictedImports"],
  ["generator/a.ts", imports("../agent/agent.ts"), "noRestrictedImports"],
  ["generator/faults/a.ts", types("../../evaluator/run.ts"), "noRestrictedImports"],
  ["scenarios/a.ts", types("../evaluator/run.ts"), "noRestrictedImports"],
  ["agent/engine/clock.ts", "export const y = Date.now();\n", "noRestrictedGlobals"],
  ["agent/engine/files.ts", 'import { join } from "node:path";\nexport const y = join;\n', "noNodejsModules"],
  ["generator/environment.ts", "export const y = process.env;\n", "noProcessEnv"],
];
const ALLOWED: readonly (readonly [string, string])[] = [
  ["evaluator/a.ts", types("../agent/agent.ts")],
  ["scenarios/b.ts", types("../generator/phase.ts")],
  ["evaluator/cli/a.ts", "export const y = process.env;\n"],
];

/** Lints a small tree of its own with the repository's rules: one line a complaint, `rule,file`. */
function complaints(): string {
  const tree = mkdtempSync(join(tmpdir(), "walls-"));
  try {
    copyFileSync(join(ROOT, "biome.json"), join(tree, "biome.json"));
    for (const [file, text] of [...OFFENCES, ...ALLOWED]) {
      mkdirSync(dirname(join(tree, file)), { recursive: true });
      writeFileSync(join(tree, file), text);
    }
    const biome = join(ROOT, "node_modules", ".bin", "biome");
    const found = spawnSync(biome, ["lint", "--reporter=github", "--max-diagnostics=none", "."], { cwd: tree });
    return String(found.stdout);
  } finally {
    rmSync(tree, { recursive: true });
  }
}

describe("the walls between the rooms", () => {
  const lines = complaints().split("\n");
  for (const [file, , rule] of OFFENCES)
    it(`${file} breaks ${rule}`, () =>
      expect(lines.some((line) => line.includes(rule) && line.includes(`/${file},`))).toBe(true));
  for (const [file] of ALLOWED)
    it(`${file} is allowed`, () => expect(lines.filter((line) => line.includes(`/${file},`))).toEqual([]));
});
