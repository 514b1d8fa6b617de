import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { V1Deployment } from "@kubernetes/client-node";
import { loadAll } from "js-yaml";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unknownFields } from "./testing/kubernetes-fields.ts";

const run = promisify(execFile);
const KUSTOMIZE = "sigs.k8s.io/kustomize/kustomize/v5@v5.7.1";
const MINUTES = 60_000;
const MANIFESTS = join(import.meta.dirname, "..", "..", "manifests");
const absent = spawnSync("go", ["version"]).status !== 0;
let bin = "";
beforeAll(async () => {
  if (absent) return;
  bin = mkdtempSync(join(tmpdir(), "kustomize-"));
  await run("go", ["install", KUSTOMIZE], { env: { ...process.env, GOBIN: bin } });
}, 15 * MINUTES);
afterAll(() => bin && rmSync(bin, { recursive: true, force: true }));

type Loose = Readonly<Record<string, unknown>> & {
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
};
const FOR_THE_CLUSTER = new Set(["Namespace", "ClusterRole", "ClusterRoleBinding"]);

describe.skipIf(absent).each(["local", "eks"])("overlay %s", (overlay) => {
  let objects: readonly Loose[] = [];
  beforeAll(async () => {
    const { stdout } = await run(join(bin, "kustomize"), ["build", join(MANIFESTS, "overlays", overlay)], {
      maxBuffer: 1e8,
    });
    objects = loadAll(stdout) as Loose[];
  }, MINUTES);

  it("renders to objects that the API knows, all in one namespace and found by one label", () => {
    expect(objects.length).toBeGreaterThan(30);
    expect(objects.flatMap((one) => unknownFields(one).map((field) => `${one.metadata.name}: ${field}`))).toEqual([]);
    const astray = objects.filter(({ kind, metadata }) => !FOR_THE_CLUSTER.has(kind) && metadata.namespace !== "shop");
    expect(astray.map(({ metadata }) => metadata.name)).toEqual([]);
    const unlabelled = objects.filter(
      ({ metadata }) => metadata.labels?.["app.kubernetes.io/managed-by"] !== "firedrill",
    );
    expect(unlabelled.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([]);
  });
  it("names only secrets and settings that are rendered with it, and no image without a tag", () => {
    const there = new Set(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`));
    const pods = objects
      .filter(({ kind }) => /Deployment|StatefulSet/.test(kind))
      .map((one) => (one as unknown as V1Deployment).spec?.template.spec);
    const wanted = pods.flatMap((pod) => [
      ...(pod?.volumes ?? []).flatMap(({ configMap }) => (configMap ? [`ConfigMap ${configMap.name}`] : [])),
      ...(pod?.containers ?? []).flatMap(({ env = [], envFrom = [] }) => [
        ...env.flatMap(({ valueFrom }) => (valueFrom?.secretKeyRef ? [`Secret ${valueFrom.secretKeyRef.name}`] : [])),
        ...envFrom.flatMap(({ configMapRef }) => (configMapRef ? [`ConfigMap ${configMapRef.name}`] : [])),
      ]),
    ]);
    expect(wanted.length).toBeGreaterThan(8);
    expect(wanted.filter((one) => !there.has(one))).toEqual([]);
    const images = pods.flatMap((pod) => pod?.containers.map(({ image = "" }) => image) ?? []);
    expect(images.filter((image) => !/\/.+:.+$/.test(image))).toEqual([]);
  });
});
it.runIf(absent)("the overlays are not rendered: there is no Go to build kustomize with", () =>
  expect(absent).toBe(true),
);
