import { join } from "node:path";
import { expect, it, vi } from "vitest";
import statistical from "../../agent/agents/statistical.ts";
import { attend, casesOf, openCase } from "../case.ts";
import { numbers, repeated } from "./repeated.ts";
import { namedBy } from "./score.ts";
import { chancy } from "./testing/chancy.ts";

vi.setConfig({ testTimeout: 60_000 });

const EXAMPLE = join(import.meta.dirname, "..", "..", "reports", "example");

it("each repeat of an agent has a chance of its own, and the same one again gives the same", async () => {
  const [directory = ""] = await casesOf(EXAMPLE);
  const open = await openCase(directory);
  const agent = chancy(statistical, 0.5, open.sealed.run.components);
  const named = async (repeat: number): Promise<string> => {
    const { verdict } = await attend(open, repeated(agent, repeat), new AbortController().signal);
    return `${verdict.state}: ${namedBy(verdict).join()}`;
  };
  const said: string[] = [];
  for (const repeat of numbers(1, 0, 6)) said.push(await named(repeat));
  expect(new Set(said).size).toBe(2);
  expect(said.some((one) => one.startsWith("correct"))).toBe(true);
  expect(said.some((one) => one.startsWith("wrong"))).toBe(true);
  expect(await named(3)).toBe(said[2]);
});
