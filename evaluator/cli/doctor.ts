import { createServer } from "node:net";
import { cpus, freemem } from "node:os";
import { openJournals } from "../../generator/faults/recover.ts";
import { APPS } from "../../generator/targets/target.ts";
import { toolchains } from "../../generator/targets/toolchains.ts";
import type { Command } from "./command.ts";
import { stateDirectory } from "./places.ts";

const NOT_READY = 3;
const PORTS = [8080, 8081, 8090, 8000];
const GIBI = 2 ** 30;

interface Line {
  readonly what: string;
  readonly found: string | null;
  readonly needed: string;
  readonly fix: string;
  readonly ok: boolean;
  /** A drill works without it. */
  readonly optional?: boolean;
}

export default {
  command: "doctor",
  describe: "what this machine has and lacks for a drill, with a fix to paste",
  builder: (yargs) => yargs.option("json", { type: "boolean", default: false, describe: "print one JSON document" }),
  async handler(argv) {
    const { json } = argv as { json: boolean };
    const lines: Line[] = [node(), ...(await toolchains(APPS)), machine(), ...(await ports()), await leftovers()];
    const lacking = lines.filter((line) => !line.ok && line.optional !== true);
    process.stdout.write(
      json
        ? `${JSON.stringify({ schema: 1, ready: lacking.length === 0, lines })}\n`
        : `${lines.map(shown).join("\n")}\n`,
    );
    return lacking.length === 0 ? 0 : NOT_READY;
  },
} satisfies Command;

function shown({ what, found, needed, fix, ok, optional }: Line): string {
  const mark = ok ? "ok     " : optional ? "note   " : "MISSING";
  const head = `${mark} ${what.padEnd(16)} ${(found ?? "not found").padEnd(30)} needed: ${needed}`;
  return ok ? head : `${head}\n        fix: ${fix}`;
}

function node(): Line {
  const ok = Number(process.versions.node.split(".")[0]) >= 24;
  return { what: "Node.js", found: process.version, needed: "24 (npm ci brings it)", fix: "npm ci", ok };
}

function machine(): Line {
  const cores = cpus().length;
  const free = freemem() / GIBI;
  return {
    what: "machine",
    found: `${cores} cores, ${free.toFixed(1)} GiB free`,
    needed: "2 cores, 2 GiB free",
    fix: "end other programs, or use a larger machine",
    ok: cores >= 2 && free >= 2,
  };
}

/** Only `npm run apps` needs these; a drill takes free ports. */
function ports(): Promise<Line[]> {
  return Promise.all(
    PORTS.map(async (port) => {
      const ok = await free(port);
      return {
        what: `port ${port}`,
        found: ok ? "free" : "taken",
        needed: "free for `npm run apps` (a drill takes any free port)",
        fix: `end what listens there: lsof -i :${port}`,
        ok,
        optional: true,
      };
    }),
  );
}

function free(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

async function leftovers(): Promise<Line> {
  const open = await openJournals(stateDirectory());
  return {
    what: "earlier drills",
    found: open.length === 0 ? "nothing left behind" : `${open.length} not closed`,
    needed: "none open",
    fix: "npm run recover",
    ok: open.length === 0,
  };
}
