import { join } from "node:path";
import { RECIPES } from "./apps/all.ts";
import { isApp } from "./graph.ts";
import type { Place } from "./instances.ts";
import { freePorts } from "./ports.ts";
import type { AppId, ServiceId } from "./target.ts";

/** Where on this machine the parts of a run are found. */
export interface Layout {
  /** Each service's port at the start; of an app, the one of its first place. */
  readonly ports: ReadonlyMap<ServiceId, number>;
  readonly places: ReadonlyMap<AppId, readonly [Place, Place]>;
}

/** Of an app: one to be called on and one for what it needs besides, twice. */
const PORTS = 4;

/** Draws free ports for all parts, and names the places of the apps below the run directory. */
export async function layOut(services: readonly ServiceId[], runDirectory: string): Promise<Layout> {
  const free = await freePorts(PORTS * services.length);
  const port = (service: number, nth: number): number => free[PORTS * service + nth] ?? 0;
  const places = services.flatMap((service, i) => {
    if (!isApp(service)) return [];
    const both = [0, 1].map((nth) =>
      place(service, runDirectory, { nth, port: port(i, 2 * nth), spare: port(i, 2 * nth + 1) }),
    );
    return [[service, both as [Place, Place]] as const];
  });
  return { ports: new Map(services.map((service, i) => [service, port(i, 0)])), places: new Map(places) };
}

function place(
  app: AppId,
  runDirectory: string,
  { nth, port, spare }: { readonly nth: number; readonly port: number; readonly spare: number },
): Place {
  const name = `${RECIPES[app].name}-${nth + 1}`;
  const directory = join(runDirectory, name);
  const log = join(runDirectory, "logs", `${name}.log`);
  return { name, directory, socket: `${directory}.sock`, log, port, sparePort: spare };
}
