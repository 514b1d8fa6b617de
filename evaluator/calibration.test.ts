import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { keepKnees, knownKnees } from "./calibration.ts";

const KNEES = { "otel-sample-app": { carries: 100, breaks: 150 } };
let state = "";
beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), "calibration-"));
});
afterAll(() => rm(state, { recursive: true }));

async function known(): Promise<readonly [unknown, readonly string[]]> {
  const said: string[] = [];
  return [await knownKnees(state, (text) => said.push(text)), said];
}

it("is nothing before anybody measured", async () => expect(await known()).toEqual([{}, []]));
it("is what was measured here", async () => {
  await keepKnees(state, KNEES);
  expect(await known()).toEqual([KNEES, []]);
});
it("of another machine is not used, and that is said", async () => {
  const file = await keepKnees(state, KNEES);
  await writeFile(file, (await readFile(file, "utf8")).replace(/"cores": \d+/, '"cores": 999'));
  const [knees, said] = await known();
  expect(knees).toEqual({});
  expect(said.join()).toMatch(/another machine/);
});
