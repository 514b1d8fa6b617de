import { createInterface } from "node:readline";
import { serveControl } from "./control.ts";
import { Link } from "./link.ts";
import { HostOptions, PORT_TAKEN } from "./start.ts";

/** How long edges outlive their parent: long enough for the reaper to put everything back and end them itself. */
const ORPHANED_FOR = 60_000;

/**
 * The process that hosts all edges. It reads its one line of options from stdin, answers with one line of ports on
 * stdout, and takes the end of stdin for the death of its parent.
 */
async function host(line: string): Promise<void> {
  const options = HostOptions.parse(JSON.parse(line));
  const links = new Map<string, Link>();
  const ports: Record<string, number> = {};
  for (const { edge, upstreams, port } of options.links) {
    const link = new Link(upstreams);
    ports[edge] = await link.listen(port);
    links.set(edge, link);
  }
  await serveControl(links, options.socket);
  process.stdout.write(`${JSON.stringify({ ports })}\n`);
}

function fail(error: unknown): never {
  const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(taken ? PORT_TAKEN : 1);
}

process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => process.exit(0));
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
const input = createInterface({ input: process.stdin });
input.once("line", (line) => void host(line).catch(fail));
input.once("close", () => setTimeout(() => process.exit(0), ORPHANED_FOR));
