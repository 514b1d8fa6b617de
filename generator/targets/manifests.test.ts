import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { V1Container, V1Deployment, V1Service } from "@kubernetes/client-node";
import { loadAll } from "js-yaml";
import { describe, expect, it } from "vitest";
import { RECIPES } from "./apps/all.ts";
import { edgesOf, SERVICES } from "./graph.ts";
import { APPS, type AppId } from "./target.ts";
import { unknownFields } from "./testing/kubernetes-fields.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const BASE = join(ROOT, "manifests", "base");
type Loose = Readonly<Record<string, unknown>> & { readonly kind: string; readonly metadata?: { name?: string } };
const read = (file: string): readonly Loose[] => loadAll(readFileSync(file, "utf8")) as Loose[];
/** Those that are objects of the cluster: not kustomize's own file, not the collector's settings. */
const OBJECTS = readdirSync(BASE).filter(
  (file) => file.endsWith(".yaml") && !/^(kustomization|collector-config)/.test(file),
);
const objects = OBJECTS.flatMap((file) => read(join(BASE, file)));
const named = <T>(kind: string, name: string): T => {
  const found = objects.find((one) => one.kind === kind && one.metadata?.name === name);
  if (!found) throw new Error(`no ${kind} ${name}`);
  return found as T;
};
/** The ports of the apps' contract. */
const PORTS: Readonly<Record<AppId, number>> = {
  "otel-sample-app": 8080,
  "java-otel-sample-app": 8081,
  "go-otel-sample-app": 8090,
  "sample-metrics-app": 8000,
};
const workloads = objects.filter(
  ({ kind }) => kind === "Deployment" || kind === "StatefulSet",
) as unknown as V1Deployment[];
const containerOf = (one: V1Deployment): V1Container => one.spec?.template.spec?.containers[0] as V1Container;

describe("the manifests", () => {
  it("have no field that the API does not know", () =>
    expect(objects.flatMap((one) => unknownFields(one).map((field) => `${one.metadata?.name}: ${field}`))).toEqual([]));
  it("would be caught with one", () => {
    const bad = {
      apiVersion: "apps/v1",
      kind: "Deployment",
      spec: { replica: 2, template: { spec: { containers: [{ image: "x", limits: {} }] } } },
    };
    expect(unknownFields(bad)).toEqual(["spec.replica", "spec.template.spec.containers[0].limits"]);
    expect(unknownFields({ apiVersion: "apps/v1", kind: "Deploymant" })).toEqual(["apps/v1 Deploymant"]);
  });
  it("are all named in the kustomization", () => {
    const [kustomization] = read(join(BASE, "kustomization.yaml"));
    expect(((kustomization?.["resources"] ?? []) as string[]).filter((one) => !one.includes("/")).sort()).toEqual(
      OBJECTS.sort(),
    );
  });
  it.each(workloads.map((one) => [one.metadata?.name ?? "", one] as const))(
    "%s runs with limits, probes, and without root",
    (_, one) => {
      const { securityContext: pod, automountServiceAccountToken: token } = one.spec?.template.spec ?? {};
      const { resources, livenessProbe, readinessProbe, securityContext } = containerOf(one);
      expect([pod?.runAsNonRoot, token]).toEqual([true, false]);
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      });
      expect([resources?.limits, resources?.requests].every((all) => all?.["cpu"] && all["memory"])).toBe(true);
      expect(livenessProbe && readinessProbe).toBeTruthy();
    },
  );
});

describe.each(APPS)("%s", (app) => {
  const deployment = named<V1Deployment>("Deployment", app);
  const container = containerOf(deployment);
  it("listens where its service, its image and its contract say", () => {
    const port = PORTS[app];
    expect(container.ports?.find(({ name }) => name === "http")?.containerPort).toBe(port);
    expect(container.env?.find(({ name }) => name === "PORT")?.value).toBe(String(port));
    expect(named<V1Service>("Service", app).spec?.ports?.map((one) => one.port)).toEqual([port]);
    expect(readFileSync(join(ROOT, "manifests", "images", `${app}.Dockerfile`), "utf8")).toMatch(
      new RegExp(`\nEXPOSE .*\\b${port}\\b`),
    );
  });
  it("has every setting that a drill on this machine gives it, but for its place and its folders", async () => {
    const { env } = await RECIPES[app].launch({
      artifact: "/a",
      directory: "/d",
      port: () => 1,
      sparePort: 2,
      database: { name: "store", user: "orders", password: "p" },
    });
    const image = readFileSync(join(ROOT, "manifests", "images", `${app}.Dockerfile`), "utf8");
    const given = new Set(container.env?.map(({ name }) => name));
    expect(Object.keys(env ?? {}).filter((name) => !given.has(name) && !image.includes(`${name}=`))).toEqual([]);
  });
  it("may call whom the contract names, and nobody else", () => {
    const policy = named<{ spec: { egress: { to?: { podSelector: { matchLabels: Record<string, string> } }[] }[] } }>(
      "NetworkPolicy",
      app,
    );
    const allowed = policy.spec.egress.flatMap(({ to = [] }) =>
      to.map(({ podSelector }) => podSelector.matchLabels["app.kubernetes.io/name"]),
    );
    const calls = edgesOf(SERVICES)
      .filter((edge) => edge.startsWith(`${app}->`))
      .map((edge) => edge.slice(app.length + 2));
    expect(allowed.sort()).toEqual([...calls, "collector"].sort());
  });
});

it("who investigates can change nothing and read no secret", () => {
  const rules = ["Role", "ClusterRole"].flatMap((kind) =>
    objects
      .filter((one) => one.kind === kind && one.metadata?.name?.includes("observer"))
      .flatMap((one) => one["rules"] as { verbs: string[]; resources: string[] }[]),
  );
  expect(rules.length).toBeGreaterThan(5);
  expect(rules.flatMap(({ verbs }) => verbs).filter((verb) => !["get", "list", "watch"].includes(verb))).toEqual([]);
  expect(rules.flatMap(({ resources }) => resources).filter((one) => /secrets|exec|portforward|\*/.test(one))).toEqual(
    [],
  );
});
