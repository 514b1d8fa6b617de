import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Agent } from "../agent/agent.ts";
import { watchRecording } from "../agent/engine/testing/drill.ts";
import { play } from "../agent/engine/testing/play.ts";
import type { Diagnosis } from "../agent/investigation.ts";
import { loadAgent } from "./agents.ts";
import { type OutsideOptions, wordsOf } from "./outside.ts";

// A whole drill takes a second alone and ten on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let cwd = "";
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "outside-"));
  mkdirSync(join(cwd, "model"));
  for (const file of ["my_agent.mjs", "prompt.txt", "tool.sh"]) writeFileSync(join(cwd, file), "", { mode: 0o755 });
});
afterAll(() => rmSync(cwd, { recursive: true }));
const load = (name: string, more: Partial<OutsideOptions> = {}): Promise<Agent> =>
  loadAgent(name, { cwd, environment: { PATH: process.env["PATH"] ?? "", SECRET: "s" }, wait: 0, ...more });

describe("a command line", () => {
  it.each([
    ["python3 my_agent.py", ["python3", "my_agent.py"]],
    ["  a   b\tc ", ["a", "b", "c"]],
    [`sh -c "a | b" 'it is' x="y z"`, ["sh", "-c", "a | b", "it is", "x=y z"]],
    [`a "" b`, ["a", "", "b"]],
    ["", []],
  ])("%s is read as words", (line, words) => expect(wordsOf(line)).toEqual(words));
  it("with a quote that is not closed is refused", () =>
    expect(() => wordsOf(`sh -c "a`)).toThrow(expect.objectContaining({ exitCode: 2 })));
});

describe("a server", () => {
  it.each([
    ["http:http://127.0.0.1:9000/ask", "http:127.0.0.1:9000/ask"],
    ["http://localhost:9000", "http:localhost:9000"],
    ["http:http://[::1]:9000/", "http:[::1]:9000"],
  ])("%s has a short name", async (name, short) => expect((await load(name)).name).toBe(short));
  it.each(["http:", "http:nowhere", "http:http://example.org/ask", "https://127.0.0.1.example.org/"])(
    "%s is refused",
    async (name) => expect(load(name)).rejects.toMatchObject({ exitCode: 2 }),
  );
});

describe("an outside agent", () => {
  it.each([
    ["command:node my_agent.mjs --fast", "command:my_agent.mjs"],
    ["command:node --no-warnings my_agent.mjs prompt.txt", "command:my_agent.mjs"],
    ["command:./tool.sh", "command:tool.sh"],
    [`command:sh -c "cat"`, "command:sh"],
  ])("%s has a short name that stays", async (name, short) => expect((await load(name)).name).toBe(short));

  it.each([
    ["no command", "command:", /no command/],
    ["a program that there is not", "command:no-such-program x", /no program no-such-program in PATH/],
    ["a program that is no program", "command:./prompt2.txt", /no program/],
    ["a directory", "command:./model", /no program/],
    ["a script that there is not", "command:node my_agnet.mjs", /no file my_agnet\.mjs/],
  ])("that is %s is refused with exit 2", async (_, name, why) => {
    await expect(load(name)).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(why) });
  });
  it("gets no variable that there is not", async () => {
    await expect(load("command:node", { passOn: ["OPENAI_API_KEY"] })).rejects.toMatchObject({ exitCode: 2 });
  });
  it("alone can be told the ranking", async () => {
    await expect(load("statistical", { withRanking: true })).rejects.toMatchObject({ exitCode: 2 });
    expect((await load("command:node", { withRanking: true })).name).toBe("command:node (with ranking)");
  });

  it("finds files by the path they have where it was started, and gets the variables that are passed on", async () => {
    const script = `import { readFileSync } from "node:fs";
for await (const _ of process.stdin);
const { SECRET = "none", OTHER = "none" } = process.env;
const evidence = [readFileSync(process.argv[2], "utf8"), SECRET, OTHER, process.argv[3]];
console.log(JSON.stringify({ hypotheses: [{ component: "x", confidence: 1, evidence }], named: 1 }));`;
    writeFileSync(join(cwd, "my_agent.mjs"), script);
    writeFileSync(join(cwd, "prompt.txt"), "think");
    const { recording } = play({ seed: 2, trouble: { down: "stock" }, watch: 30, recovery: 1 });
    const agent = await load("command:node my_agent.mjs prompt.txt model", { passOn: ["SECRET"] });
    const said = (await watchRecording(agent, recording)).find(({ kind }) => kind === "diagnosis") as Diagnosis;
    expect(said.hypotheses[0]?.evidence.map(({ claim }) => claim)).toEqual(["think", "s", "none", "model"]);
  });
});
