import { once } from "node:events";
import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { linksOf } from "./edges.ts";
import { forApps, forBuilds } from "./environment.ts";
import { edgesOf, reach } from "./graph.ts";
import { drawVersion, instanceId } from "./names.ts";
import { freePorts, requireFree } from "./ports.ts";
import { contentHash, copySources, sourcesOf } from "./sources.ts";
import { telemetryEnvironment } from "./telemetry-environment.ts";
import { isAtLeast, line, versionIn } from "./version.ts";

describe("what is started", () => {
  it("is the apps asked for and all that they call", () => {
    expect(reach(["sample-metrics-app"])).toEqual(["sample-metrics-app", "rates-provider"]);
    expect(reach(["go-otel-sample-app"])).toEqual(["go-otel-sample-app", "sample-metrics-app", "rates-provider"]);
    expect(reach(["otel-sample-app"])).toHaveLength(6);
  });

  it("has an edge for each call and one from the users to each app", () => {
    expect(edgesOf(reach(["go-otel-sample-app"]))).toEqual([
      "front->go-otel-sample-app",
      "front->sample-metrics-app",
      "go-otel-sample-app->sample-metrics-app",
      "sample-metrics-app->rates-provider",
    ]);
    expect(edgesOf(reach(["otel-sample-app"]))).toHaveLength(9);
  });

  it("leads every edge to its callee, and only entries of users to fixed ports", () => {
    const ports = new Map([["sample-metrics-app", 1] as const, ["rates-provider", 2] as const]);
    expect(linksOf(edgesOf(reach(["sample-metrics-app"])), ports, { "sample-metrics-app": 8000 })).toEqual([
      { edge: "front->sample-metrics-app", upstreams: [1], port: 8000 },
      { edge: "sample-metrics-app->rates-provider", upstreams: [2] },
    ]);
    expect(() => linksOf(["front->store"], ports, {})).toThrow("front->store");
  });
});

describe("an app's environment", () => {
  const outer = { PATH: "/secret/bin", HOME: "/home/me", AWS_SECRET_ACCESS_KEY: "x", NODE_OPTIONS: "-r y", TZ: "UTC" };

  it("passes on what is on the list and nothing else", () => {
    expect(forApps(outer, "/run/app")).toEqual({
      PATH: "/usr/local/bin:/usr/bin:/bin",
      LANG: "C.UTF-8",
      TZ: "UTC",
      HOME: "/run/app",
      TMPDIR: "/run/app",
    });
  });

  it("leaves a build the person's settings but not the surrounding npm run", () => {
    const npm = { npm_package_name: "a", npm_lifecycle_event: "b", npm_config_local_prefix: "/c", INIT_CWD: "/d" };
    expect(forBuilds({ ...outer, ...npm, npm_config_registry: "r" })).toEqual({ ...outer, npm_config_registry: "r" });
  });

  it("exports everything, or switches the SDK off", () => {
    const who = { app: "go-otel-sample-app", version: "1.2.3", instance: "abc" } as const;
    expect(telemetryEnvironment(who, undefined)).toEqual({ OTEL_SDK_DISABLED: "true" });
    const on = telemetryEnvironment(who, { url: "http://127.0.0.1:4318", protocol: "http/protobuf" });
    expect(on).toMatchObject({ OTEL_SERVICE_NAME: "go-otel-sample-app", OTEL_TRACES_SAMPLER: "always_on" });
    expect(on["OTEL_RESOURCE_ATTRIBUTES"]).toBe("service.namespace=shop,service.version=1.2.3,service.instance.id=abc");
    expect(on).not.toHaveProperty("OTEL_SDK_DISABLED");
  });
});

describe("a build's cache key", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "sources-"));
    await mkdir(join(folder, "src", "target"), { recursive: true });
    await mkdir(join(folder, "node_modules"));
    await writeFile(join(folder, ".gitignore"), "/stock\n*.log\n");
    for (const file of ["main.go", "src/a.go", "src/target/x", "node_modules/y", "stock", "b.pyc"])
      await writeFile(join(folder, file), file);
  });
  afterEach(() => rm(folder, { recursive: true }));
  const key = async (versions = ["Go 1.26"]): Promise<string> => contentHash(folder, await sourcesOf(folder), versions);

  it("reads sources and no build outputs", async () => {
    expect(await sourcesOf(folder)).toEqual(["main.go", join("src", "a.go")]);
  });

  it("changes with content, names and tool releases, and with nothing else", async () => {
    const before = await key();
    expect(before).toMatch(/^[0-9a-f]{12}$/);
    await utimes(join(folder, "main.go"), 1, 1);
    await writeFile(join(folder, "stock"), "built anew");
    expect(await key()).toBe(before);
    expect(await key(["Go 1.27"])).not.toBe(before);
    await writeFile(join(folder, "main.go"), "changed");
    const changed = await key();
    expect(changed).not.toBe(before);
    await rename(join(folder, "main.go"), join(folder, "mail.go"));
    const renamed = await key();
    expect(renamed).not.toBe(changed);
    await writeFile(join(folder, "more.go"), "");
    expect(await key()).not.toBe(renamed);
  });

  it("belongs to a copy too", async () => {
    const copy = await mkdtemp(join(tmpdir(), "copy-"));
    await copySources(folder, await sourcesOf(folder), copy);
    expect(await contentHash(copy, await sourcesOf(copy), ["Go 1.26"])).toBe(await key());
    await rm(copy, { recursive: true });
  });
});

describe("ports", () => {
  it("are different and free", async () => {
    const ports = await freePorts(20);
    expect(new Set(ports).size).toBe(20);
    await requireFree({ "otel-sample-app": ports[0] ?? 0 });
  });

  it("that are taken are named with their app", async () => {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    await expect(requireFree({ "java-otel-sample-app": port })).rejects.toMatchObject({
      message: `Port ${port}, on which java-otel-sample-app is reached, is taken`,
      exitCode: 3,
    });
    server.close();
  });
});

describe("names", () => {
  it("are the same for the same draws and differ from start to start", () => {
    expect(drawVersion(() => 0.5)).toBe("3.10.5");
    expect(instanceId("s", "app", 0)).toBe(instanceId("s", "app", 0));
    expect(instanceId("s", "app", 0)).not.toBe(instanceId("s", "app", 1));
    expect(instanceId("s", "app", 0)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it("of releases are compared number by number", () => {
    expect(versionIn("Python 3.11.7")).toBe("3.11.7");
    expect(line("1.26.8")).toBe("1.26");
    expect(isAtLeast("3.9", "3.11")).toBe(false);
    expect(isAtLeast("3.11", "3.11.0")).toBe(true);
    expect(isAtLeast("21", "17")).toBe(true);
  });
});
