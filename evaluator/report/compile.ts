import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Handlebars from "handlebars";

const HERE = import.meta.dirname;
/** In the order of the cascade. */
const STYLES = ["page", "verdict", "tables", "drawings", "map", "cards", "media"];
/** What the report is rendered from, with nothing left to compile or to read at run time. */
export const GENERATED = join(HERE, "generated", "assets.ts");

/** The source of `generated/assets.ts`: precompiled templates, style sheet and script. A misspelt helper fails here. */
export async function compile(): Promise<string> {
  const files = (await readdir(join(HERE, "templates"))).filter((file) => file.endsWith(".hbs")).sort();
  const templates = await Promise.all(
    files.map(async (file) => {
      const source = await readFile(join(HERE, "templates", file), "utf8");
      return `  ${JSON.stringify(file.slice(0, -4))}: ${precompiled(source)},\n`;
    }),
  );
  const styles = await Promise.all(STYLES.map((name) => readFile(join(HERE, "assets", `${name}.css`), "utf8")));
  const script = await readFile(join(HERE, "assets", "page.js"), "utf8");
  return [
    "// @ts-nocheck\n// Made by compile.ts from templates/ and assets/. Do not edit.\n",
    `export const templates: Readonly<Record<string, unknown>> = {\n${templates.join("")}};\n`,
    `export const style: string = ${JSON.stringify(styles.join(""))};\n`,
    `export const script: string = ${JSON.stringify(script)};\n`,
  ].join("");
}

function precompiled(source: string): string {
  const known = { if: true, each: true, with: true, lookup: true };
  // It returns source text, though its types say otherwise.
  return Handlebars.precompile(source, {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: known,
  }) as unknown as string;
}

if (import.meta.main) await writeFile(GENERATED, await compile());
