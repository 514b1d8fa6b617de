import { HarnessError } from "../harness-error.ts";
import { ForeignRun } from "./foreign-run.ts";
import type { ForeignService, GivenService, StartedService } from "./foreign-service.ts";
import { makeRunDirectory } from "./run-directory.ts";
import type { Target } from "./target.ts";

export type { ForeignService } from "./foreign-service.ts";

export interface Foreign {
  readonly name: string;
  readonly services: readonly [ForeignService, ...ForeignService[]];
}

const TAKEN = ["front", "edges", "store", "rates-provider"];

/**
 * Services that are not ours, by command or URL, each behind network edges: one from the users (`front->name`), one for
 * each call between them (`caller->callee`). Throws (exit 2) for a description that does not hold together.
 */
export function foreign({ name, services }: Foreign): Target {
  for (const service of services) check(service, services);
  return {
    name,
    components: services.map((service) => service.name),
    async start(options, signal) {
      const run = new ForeignRun({ directory: await makeRunDirectory(), services, options });
      try {
        await run.start(signal);
        return run;
      } catch (error) {
        await run[Symbol.asyncDispose]();
        throw error;
      }
    },
  };
}

function check(service: ForeignService, all: readonly ForeignService[]): void {
  const { name } = service;
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name) || TAKEN.includes(name))
    throw wrong(`"${name}" cannot be the name of a service`, "use lower-case letters, digits and hyphens");
  if (all.filter((one) => one.name === name).length > 1)
    throw wrong(`two services are called ${name}`, "give each a name of its own");
  if ("url" in service) requireLoopback(service);
  else requireCommand(service, all);
}

function requireCommand(service: StartedService, all: readonly ForeignService[]): void {
  const { name } = service;
  if (!service.command?.length || !service.directory)
    throw wrong(`${name} has neither a url nor a command and a directory`, "say where it runs, or how it is started");
  requireCallees(service, all);
}

function requireLoopback({ name, url }: GivenService): void {
  const { protocol, hostname, port } = URL.canParse(url) ? new URL(url) : { protocol: "", hostname: "", port: "" };
  if (protocol === "http:" && /^(127\.0\.0\.1|localhost)$/.test(hostname) && port !== "") return;
  throw wrong(`${name} is not at a place of this machine: ${url}`, "give its URL as http://127.0.0.1:<port>");
}

function requireCallees({ name, calls = {} }: StartedService, all: readonly ForeignService[]): void {
  for (const callee of Object.keys(calls))
    if (callee === name || !all.some((one) => one.name === callee))
      throw wrong(
        `${name} calls ${callee}, which is none of the services`,
        `name one of: ${all.map((one) => one.name).join(", ")}`,
      );
}

function wrong(message: string, hint: string): HarnessError {
  return new HarnessError(message, { hint, exitCode: 2 });
}
