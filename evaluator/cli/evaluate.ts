import { cpus, totalmem } from "node:os";
import { join, relative, resolve } from "node:path";
import type { Agent } from "../../agent/agent.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import { readManifest } from "../archive/manifest.ts";
import { casesOf, hashOf } from "../case.ts";
import { scenarioNames } from "../catalogue.ts";
import { type Crew, openCrew, usualCrew } from "../crew/crew.ts";
import { expected } from "../crew/expected.ts";
import { evaluate, ORACLE } from "../leaderboard/evaluation.ts";
import type { Provenance } from "../leaderboard/provenance.ts";
import { publish } from "../leaderboard/publish.ts";
import { type Shard, shardFrom, shardOf } from "../leaderboard/shards.ts";
import type { Summary } from "../leaderboard/summary.ts";
import { told } from "../leaderboard/told.ts";
import { stampOf } from "../names.ts";
import type { Verdict } from "../trial-record.ts";
import { commit, VERSION } from "../version.ts";
import { withWorkers } from "./agent-options.ts";
import type { Command } from "./command.ts";
import { corpusDirectory, reportsDirectory } from "./places.ts";

interface Options {
  readonly agent: readonly string[];
  readonly corpus?: string;
  readonly suite?: string;
  readonly repeats: number;
  readonly workers: number;
  readonly shard?: string;
  readonly out?: string;
  readonly json: boolean;
}
/** They use no chance and need no truth; what they get right needs no understanding. */
const REFERENCES = ["silent", "alerting", "latest-change", "loudest", "n-sigma", "baro"];
/** Above this share of recordings that do not count, nothing is decided. */
const TOO_MANY = 0.1;

export default {
  command: "evaluate",
  describe: "let agents investigate all recorded drills, and print the leaderboard with all reference rows",
  builder: (yargs) =>
    withWorkers(yargs)
      .option("agent", { type: "string", array: true, default: ["statistical"], describe: "who; may be given again" })
      .option("corpus", {
        type: "string",
        describe: "folder of recorded drills, or a suite's; else the committed ones",
      })
      .option("suite", { type: "string", describe: "instead: the newest finished suite of this name in reports/" })
      .conflicts("corpus", "suite")
      .option("repeats", { type: "number", default: 1, describe: "runs a case, for agents that answer by chance" })
      .option("shard", { type: "string", describe: "only a part of the cases, as 2/6; npm run merge joins them" })
      .option("out", { type: "string", describe: "folder for the results; one that is half done is gone on with" })
      .option("json", { type: "boolean", default: false, describe: "print exactly one JSON document" })
      .example("$0 evaluate --agent statistical --out results/a", "again after an interruption: goes on"),
  async handler(argv, signal) {
    const options = argv as unknown as Options;
    const cases = await casesOf(await corpusOf(options));
    await using crew = openCrew({ ...usualCrew(), workers: options.workers });
    const agents = await agentsOf(options.agent, crew);
    const names = new Set(agents.map(({ name }) => name));
    const references = (await Promise.all(REFERENCES.map((name) => crew.agent(name)))).filter(
      ({ name }) => !names.has(name),
    );
    const plan = await planOf(options, cases, agents, references);
    crew.expect(await expected({ cases: await ownOf(cases, plan), references, agents, repeats: plan.repeats }));
    const out = resolve(options.out ?? join(reportsDirectory(), `${stampOf(new Date())}-evaluation`));
    const say = (verdict: Verdict, done: number, of: number): void => {
      const { agent, run } = verdict.trial;
      const line = `${verdict.state.padEnd(11)} ${agent.padEnd(14)} ${run.scenario}, seed ${run.seed}`;
      process.stderr.write(`${String(done).padStart(4)}/${of}  ${line}\n`);
    };
    const ours = new Set(await scenarioNames());
    const results = await evaluate({ out, cases, agents, references, ours, plan, told: say }, signal);
    const summary = await publish(out, results);
    const place = relative(process.cwd(), out) || ".";
    process.stdout.write(options.json ? `${JSON.stringify(summary)}\n` : told(summary, place));
    return exitOf(summary);
  },
} satisfies Command;

/** 99: the harness or the set is broken; 4: too many recordings do not count; else 0, whatever the answers. */
export function exitOf({ faults, boards }: Summary): number {
  if (faults.length > 0) return 99;
  const lost = boards.reduce((sum, { invalid }) => sum + invalid.length, 0);
  const all = boards.reduce((sum, { matrix }) => sum + matrix.length, 0);
  return lost > TOO_MANY * all ? 4 : 0;
}

async function corpusOf({ corpus, suite }: Options): Promise<string> {
  if (suite === undefined) return resolve(corpus ?? corpusDirectory());
  const { newest } = await import("../suite/files.ts");
  const found = await newest(reportsDirectory(), suite);
  if (found !== undefined) return found;
  throw new HarnessError(`there is no finished suite ${suite} in reports/`, {
    hint: `npm run suite -- ${suite} records one, or give a folder: --corpus`,
    exitCode: 2,
  });
}

/** Cases of this shard. */
async function ownOf(cases: readonly string[], { shard }: Provenance): Promise<readonly string[]> {
  if (shard === null) return cases;
  const ids = await Promise.all(cases.map(async (one) => (await readManifest(one)).id));
  return cases.filter((_, i) => shardOf(ids[i] ?? "", shard.of) === shard.index);
}

async function agentsOf(names: readonly string[], crew: Crew): Promise<Agent[]> {
  const agents = await Promise.all([...new Set(names)].map((name) => crew.agent(name)));
  const twice = agents.find((one, i) => one.name === ORACLE || agents.findIndex(({ name }) => name === one.name) < i);
  if (twice === undefined) return agents;
  throw new HarnessError(`two agents call themselves ${twice.name}`, { hint: "give each a name", exitCode: 2 });
}

async function planOf(
  options: Options,
  cases: readonly string[],
  agents: readonly Agent[],
  references: readonly Agent[],
): Promise<Provenance> {
  const { repeats } = options;
  if (!Number.isSafeInteger(repeats) || repeats < 1)
    throw new HarnessError(`--repeats is a whole number from 1, not ${repeats}`, { hint: "--repeats 3", exitCode: 2 });
  const shard: Shard | null = options.shard === undefined ? null : shardFrom(options.shard);
  return {
    schema: 1,
    firedrill: VERSION,
    commit: await commit(),
    node: process.version,
    host: `${process.platform} ${process.arch}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    corpus: { sha256: await hashOf(cases), cases: cases.length },
    agents: agents.map(({ name }) => name),
    references: [ORACLE, ...references.map(({ name }) => name)],
    repeats,
    shard,
    startedAt: Date.now(),
    endedAt: null,
    wallMs: 0,
  };
}
