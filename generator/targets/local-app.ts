import { RECIPES } from "./apps/all.ts";
import type { Artifacts } from "./artifacts.ts";
import { Deployment, type DeploymentParts } from "./deployment.ts";
import { lead, pathsTo, vacated } from "./edges.ts";
import { Instances, type InstancesParts, type Place } from "./instances.ts";
import { launchPlan } from "./launch.ts";
import { drawOtherVersion, instanceId } from "./names.ts";
import type { Database } from "./store.ts";
import type { AppId, ServiceId, TelemetryEndpoint } from "./target.ts";
import { warmUp } from "./warm-up.ts";

export interface LocalAppOptions
  extends Pick<InstancesParts, "ownership" | "platform" | "fail">,
    Pick<DeploymentParts, "announce" | "changeId"> {
  readonly app: AppId;
  readonly places: readonly [Place, Place];
  readonly artifacts: Artifacts;
  readonly version: string;
  /** Of which instance ids are made. */
  readonly secret: string;
  readonly random: () => number;
  readonly database: Database;
  readonly telemetry: TelemetryEndpoint | undefined;
  /** Socket of the edges, and all paths that they host. */
  readonly edgeSocket: string;
  readonly paths: readonly string[];
  /** The port of the path from this app to another. */
  upstream(callee: ServiceId): number;
}

/** One of our apps as processes on this machine, not yet started. */
export function localApp(options: LocalAppOptions): { readonly instances: Instances; readonly deployment: Deployment } {
  const { app, artifacts, secret, random, edgeSocket, version } = options;
  const built = artifacts.get(app) ?? new Map<string, string>();
  const paths = pathsTo(app, options.paths);
  let starts = 0;
  const instances = new Instances({
    ...options,
    plan: (spec, place) =>
      launchPlan(RECIPES[app], {
        ...options,
        artifact: built.get(spec.release) ?? "",
        place,
        spec,
        nextInstance: () => instanceId(secret, app, starts++),
      }),
    paths: {
      lead: (port) => lead(edgeSocket, paths, [port]),
      vacated: (within, signal) => vacated(edgeSocket, paths, within, signal),
    },
    warmUp: (port, signal) => warmUp(app, port, signal),
  });
  const versions = new Set([version]);
  const deployment = new Deployment({
    ...options,
    instances,
    first: { release: "base", version, settings: {} },
    releases: [...built.keys()],
    version() {
      const next = drawOtherVersion(random, versions);
      versions.add(next);
      return next;
    },
  });
  return { instances, deployment };
}
