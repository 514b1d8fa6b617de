import type { Environment } from "./environment.ts";
import { freePorts } from "./ports.ts";
import type { ForeignId } from "./target.ts";

interface Common {
  /** Lower-case letters, digits and hyphens; what its telemetry calls it, if it sends any. */
  readonly name: string;
  /** The port on which users find it, through an edge; any free one unless said. */
  readonly port?: number;
  /** Path that answers 200 when it is ready; `/health` unless said. */
  readonly ready?: string;
}
/** A service that is started by a command, and started again when it dies. */
export interface StartedService extends Common {
  /**
   * The program and its arguments. It must listen on 127.0.0.1 and the port in `PORT`; `OTEL_*` say where its telemetry
   * goes, as its SDK expects it.
   */
  readonly command: readonly [program: string, ...args: string[]];
  /** The directory that it runs in. */
  readonly directory: string;
  readonly env?: Environment;
  /** Whom it calls: the name of a service here, and the variable that tells it the URL. */
  readonly calls?: Readonly<Record<string, string>>;
}
/** A service that runs already, on this machine: it gets an edge, and its process is left alone. */
export interface GivenService extends Common {
  readonly url: string;
}
export type ForeignService = StartedService | GivenService;

/** A service of that name, or the path from one to another. */
export function foreignId(name: string, callee?: string): ForeignId {
  return (callee === undefined ? name : `${name}->${callee}`) as ForeignId;
}

interface ForeignEdge {
  readonly id: ForeignId;
  readonly callee: string;
  readonly port?: number;
}

/** One path from the users to each service, and one for each call. */
export function edgesOf(services: readonly ForeignService[]): readonly ForeignEdge[] {
  const fronts = services.map(({ name, port }) => ({
    id: foreignId("front", name),
    callee: name,
    ...(port !== undefined && { port }),
  }));
  const calls = services.flatMap((service) =>
    "url" in service
      ? []
      : Object.keys(service.calls ?? {}).map((callee) => ({ id: foreignId(service.name, callee), callee })),
  );
  return [...fronts, ...calls];
}

/** Where each service listens: a free port, or the one of its URL. */
export async function portsOf(services: readonly ForeignService[]): Promise<ReadonlyMap<string, number>> {
  const free = await freePorts(services.length);
  return new Map(services.map((one, i) => [one.name, "url" in one ? Number(new URL(one.url).port) : (free[i] ?? 0)]));
}
