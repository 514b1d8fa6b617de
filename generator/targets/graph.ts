import { APPS, type AppId, type EdgeId, type ServiceId } from "./target.ts";

/** Who calls whom, as the apps' contract says. */
const CALLS: Readonly<Record<ServiceId, readonly ServiceId[]>> = {
  "otel-sample-app": ["java-otel-sample-app"],
  "java-otel-sample-app": ["store", "go-otel-sample-app"],
  "go-otel-sample-app": ["sample-metrics-app"],
  "sample-metrics-app": ["rates-provider"],
  store: [],
  "rates-provider": [],
};
export const SERVICES: readonly ServiceId[] = [...APPS, "store", "rates-provider"];

/** The apps asked for and all that they call, directly or not, in the order of `SERVICES`. */
export function reach(apps: readonly AppId[]): readonly ServiceId[] {
  const found = new Set<ServiceId>(apps);
  // A set may grow while it is iterated: what is added is visited too.
  for (const service of found) for (const callee of CALLS[service]) found.add(callee);
  return SERVICES.filter((service) => found.has(service));
}

/** The network paths between these services, and one from the users to each app. */
export function edgesOf(services: readonly ServiceId[]): readonly EdgeId[] {
  const fronts = services.filter(isApp).map((app): EdgeId => `front->${app}`);
  return [...fronts, ...services.flatMap((from) => CALLS[from].map((to): EdgeId => `${from}->${to}`))];
}

/** The service at the end of a path. */
export function calleeOf(edge: EdgeId): ServiceId {
  const callee = SERVICES.find((service) => edge.endsWith(`->${service}`));
  if (callee === undefined) throw new Error(`No service at the end of ${edge}`);
  return callee;
}

/** Whether it is one of ours, not the store or a third party. */
export function isApp(service: ServiceId): service is AppId {
  return APPS.some((app) => app === service);
}
