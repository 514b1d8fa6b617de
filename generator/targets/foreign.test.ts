import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operations } from "../faults/adapters/operations.ts";
import { HarnessError } from "../harness-error.ts";
import { type Foreign, foreign } from "./foreign.ts";
import { foreignTelemetry } from "./foreign-state.ts";
import { alive } from "./process-identity.ts";
import type { OwnedProcess, StartOptions } from "./target.ts";

const SERVER = `
const { PORT, NEXT, COLOUR, OTEL_SDK_DISABLED, npm_lifecycle_event } = process.env;
require("node:http").createServer(async (request, response) => {
  if (request.url === "/up") return response.end();
  const next = NEXT ? await (await fetch(NEXT)).text() : "";
  response.end(JSON.stringify({ COLOUR, OTEL_SDK_DISABLED, npm_lifecycle_event, next }));
}).listen(PORT, "127.0.0.1");
`;
let directory = "";
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "theirs-"));
  await writeFile(join(directory, "server.cjs"), SERVER);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const started: OwnedProcess[] = [];
const options: StartOptions = {
  random: Math.random,
  cache: "/nowhere",
  own: async (processes) => void started.push(...processes),
  progress: () => undefined,
};
const signal = AbortSignal.timeout(30_000);

describe("a description that does not hold together is refused, exit 2", () => {
  const one = { name: "a", command: ["node"], directory: "/" } as const;
  const cases: readonly (readonly [string, Foreign["services"], RegExp])[] = [
    ["a name with a blank", [{ ...one, name: "a b" }], /"a b"/],
    ["a name that paths use", [{ ...one, name: "front" }], /"front"/],
    ["two of a name", [one, one], /two services are called a/],
    ["a call to nobody", [{ ...one, calls: { b: "B" } }], /calls b/],
    ["a call to itself", [{ ...one, calls: { a: "A" } }], /calls a/],
    ["a place elsewhere", [{ name: "a", url: "http://192.0.2.1:80" }], /not at a place of this machine/],
    ["no way to be started", [{ name: "a" } as never], /neither a url nor a command/],
  ];
  it.each(cases)("%s", (_, services, message) => {
    expect(() => foreign({ name: "theirs", services })).toThrow(message);
    expect(() => foreign({ name: "theirs", services })).toThrow(HarnessError);
  });
});

it("services are started as they are, find each other through edges, and end", async () => {
  const theirs = createServer((_, response) => response.end("given")).listen(0, "127.0.0.1");
  await new Promise((resolve) => theirs.once("listening", resolve));
  const { port } = theirs.address() as AddressInfo;
  const command = [process.execPath, "server.cjs"] as const;
  const target = foreign({
    name: "theirs",
    services: [
      { name: "till", command, directory, ready: "/up", calls: { desk: "NEXT" }, env: { COLOUR: "green" } },
      { name: "desk", command, directory, ready: "/up", calls: { bank: "NEXT" } },
      { name: "bank", url: `http://127.0.0.1:${port}`, ready: "/" },
    ],
  });
  {
    await using running = await target.start(options, signal);
    expect(running.edges).toEqual(["front->till", "front->desk", "front->bank", "till->desk", "desk->bank"]);
    const [till] = running.fronts.values();
    const answer = (await (await fetch(String(till))).json()) as { readonly next: string };
    expect(answer).toMatchObject({ COLOUR: "green", OTEL_SDK_DISABLED: "true" });
    expect(answer).not.toHaveProperty("npm_lifecycle_event");
    expect(JSON.parse(answer.next).next).toBe("given");
    const { services } = await operations(running.operations).state();
    expect(Object.keys(services)).toEqual(["till", "desk"]);
    expect(services["till"]).toMatchObject({ ready: true, restarts: 0, busy: false });
    const roll = {
      service: "go-otel-sample-app",
      to: {},
      strategy: "rolling",
      change: { kind: "deploy", summary: "x" },
    } as const;
    await expect(operations(running.operations).roll(roll)).rejects.toThrow("not ours to change");
    expect(new Set(running.processes().map(({ what }) => what))).toEqual(new Set(["desk", "edges", "till"]));
  }
  for (const owned of started) expect(await alive(owned)).toBe(false);
  theirs.close();
  theirs.closeAllConnections();
}, 30_000);

it.each([
  ["a program that there is not", { command: ["no-such-program"] as const }, "there is no program no-such-program"],
  [
    "one that ends at its start",
    { command: [process.execPath, "-e", "console.error('no key'); process.exit(7)"] as const },
    "no key",
  ],
])(
  "%s is told of, exit 3",
  async (_, how, message) => {
    const target = foreign({ name: "theirs", services: [{ name: "till", directory, ...how }] });
    await expect(target.start(options, signal)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining(message),
    });
  },
  30_000,
);

it("one that should run already and does not is told of, exit 3", async () => {
  const target = foreign({ name: "theirs", services: [{ name: "bank", url: "http://127.0.0.1:9" }] });
  await expect(target.start(options, signal)).rejects.toMatchObject({ exitCode: 3 });
}, 30_000);

it("telemetry goes where the standard variables say", () =>
  expect(
    foreignTelemetry({ name: "till", instance: "i" }, { url: "http://127.0.0.1:4318", protocol: "grpc" }),
  ).toMatchObject({
    OTEL_SERVICE_NAME: "till",
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318",
    OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
  }));
