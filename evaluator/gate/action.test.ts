import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { loadYaml } from "@kubernetes/client-node";
import { describe, expect, it } from "vitest";
import gate from "../cli/gate.ts";

const ROOT = join(import.meta.dirname, "..", "..");

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, string>>;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}
async function read<T>(...path: readonly string[]): Promise<{ readonly text: string; readonly yaml: T }> {
  const text = await readFile(join(ROOT, ...path), "utf8");
  return { text, yaml: loadYaml<T>(text) };
}

describe("the GitHub action", () => {
  it("has steps of which each runs in a shell or uses another action, and no input inside a script", async () => {
    const { yaml } = await read<Action>("action.yml");
    expect(yaml.runs.using).toBe("composite");
    for (const { uses, run, shell } of yaml.runs.steps) {
      expect(Boolean(uses) !== Boolean(run && shell)).toBe(true);
      // What a pull request can write must come as an environment variable, never as text of a script.
      expect(run ?? "").not.toContain("${{");
    }
  });
  it("gives the gate only options that it has", async () => {
    const { text } = await read<Action>("action.yml");
    const script = /npm run -s gate -- ([\s\S]*)$/.exec(text)?.[1] ?? "";
    const asked = [...script.matchAll(/--([a-z-]+)/g)].map(([, name]) => name);
    const known: string[] = [];
    const parser = new Proxy({}, { get: (_, verb) => (name: string) => note(String(verb), name) });
    function note(verb: string, name: string): object {
      if (verb === "option") known.push(name);
      return parser;
    }
    gate.builder(parser as never);
    expect(asked.length).toBeGreaterThan(3);
    expect(known).toEqual(expect.arrayContaining(asked));
  });
  it("uses steps and inputs that there are", async () => {
    const { text, yaml } = await read<Action>("action.yml");
    const ids = yaml.runs.steps.flatMap(({ id }) => id ?? []);
    for (const [, id] of text.matchAll(/steps\.([a-z]+)\.outputs/g)) expect(ids).toContain(id);
    for (const [, name] of text.matchAll(/inputs\.([a-z]+)/g)) expect(Object.keys(yaml.inputs)).toContain(name);
  });
  it("is called on pull requests, with all it requires and nothing else", async () => {
    const { yaml: action } = await read<Action>("action.yml");
    const { yaml } = await read<Workflow>(".github", "workflows", "gate.yml");
    expect(Object.keys(yaml.on)).toContain("pull_request");
    const own = yaml.jobs["gate"]?.steps.find(({ uses }) => uses === "./");
    const given = Object.keys(own?.with ?? {});
    const required = Object.entries(action.inputs).flatMap(([name, input]) => (input.required ? [name] : []));
    expect(given).toEqual(expect.arrayContaining(required));
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(given));
  });
});
