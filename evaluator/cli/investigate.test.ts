import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

// A command takes half a second alone and five on a busy machine; a recording takes seconds more.
vi.setConfig({ testTimeout: 120_000 });

const START = join(import.meta.dirname, "start.mjs");
const EXAMPLE = join(import.meta.dirname, "..", "..", "reports", "example");
let out = "";
beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), "investigate-"));
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
/** `heard` is called with all of stderr so far. */
async function run(args: readonly string[], heard: (err: string, pid: number) => void = () => undefined): Promise<Ran> {
  const child = spawn(process.execPath, [START, "investigate", ...args]);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    stderr += String(chunk);
    heard(stderr, child.pid ?? 0);
  });
  const [code] = await once(child, "close");
  return { code, out: stdout, err: stderr };
}

describe("an investigation is refused with exit 2 and a hint", () => {
  it.each([
    ["without telemetry", [], /where the telemetry comes from/],
    ["of a folder that is not there", ["--source", "/nowhere"], /\/nowhere is not a recording/],
    [
      "of a time that ends before it begins",
      ["--source", EXAMPLE, "--from", "2026-11-26", "--to", "2026-11-25"],
      /is not before/,
    ],
    [
      "of an unknown scope, naming those there are",
      ["--source", EXAMPLE, "--scope", "app=billing"],
      /billing .*\n.*java-otel-sample-app/,
    ],
    ["by an unknown agent", ["--source", EXAMPLE, "--agent", "nobody"], /one of: .*statistical/],
    ["with an empty question", ["--source", EXAMPLE, "--trigger", " "], /--trigger is a question/],
    ["live in the past", ["--source", "otlp=14399", "--from", "2026-11-25"], /are for recordings/],
  ] as const)("%s", async (_, args, message) => {
    const ran = await run([...args, "--out", join(out, "refused")]);
    expect([ran.code, ran.out]).toEqual([2, ""]);
    expect(ran.err).toMatch(message);
    expect(ran.err).toContain("hint:");
    expect(readdirSync(out)).not.toContain("refused");
  });
});

it("on a port that is taken ends with exit 3 and says what to do", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const ran = await run(["--source", `otlp=${port}`, "--out", join(out, "busy")]);
  server.close();
  expect([ran.code, ran.out]).toEqual([3, ""]);
  expect(ran.err).toMatch(/is taken\nhint: .*--source otlp=/);
  expect(readdirSync(out)).not.toContain("busy");
});

it("that received nothing ends at Ctrl-C with a page that says so, exit 3, one JSON document", async () => {
  const folder = join(out, "nothing");
  let told = false;
  const ran = await run(["--source", "otlp=14398", "--json", "--out", folder], (err, pid) => {
    if (told || !err.includes("waiting for telemetry")) return;
    told = true;
    process.kill(pid, "SIGINT");
  });
  expect(ran.code).toBe(3);
  expect(JSON.parse(ran.out)).toMatchObject({ schema: 1, outcome: "nothing-received" });
  expect(readFileSync(join(folder, "investigation.html"), "utf8")).toContain("Nothing was received");
});

it("of a recorded drill prints one JSON document and leaves page, draft and data", async () => {
  const folder = join(out, "example");
  const ran = await run(["--source", EXAMPLE, "--trigger", "Error rate spike", "--json", "--out", folder]);
  expect(ran.code).toBe(0);
  const told = JSON.parse(ran.out);
  expect(told).toMatchObject({ schema: 1, outcome: "incident", trigger: "Error rate spike" });
  expect(told.named).toEqual(["java-otel-sample-app"]);
  expect(ran.err).toMatch(/agent: ALARM at \S+: /);
  expect(readdirSync(folder).sort()).toEqual(["investigation.html", "investigation.json", "investigation.md"]);
  const whole = JSON.parse(readFileSync(join(folder, "investigation.json"), "utf8"));
  expect(whole.investigation.hypotheses[0].component).toBe("java-otel-sample-app");
  expect(whole.page).toBe("investigation.html");
});
