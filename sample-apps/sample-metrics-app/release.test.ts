import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";

const APP = import.meta.dirname;
const NOT_SHIPPED = ["releases", "node_modules"];

/** The app as a release ships it: its sources, with those of the release over them. */
async function shipped(context: TestContext, release: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "quotes-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  for (const name of await readdir(APP))
    if (!NOT_SHIPPED.includes(name)) await cp(join(APP, name), join(folder, name), { recursive: true });
  if (release !== "base") await cp(join(APP, "releases", release), folder, { recursive: true });
  await symlink(join(APP, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** A server on a free port that lives as long as the test. */
async function serverFor(context: TestContext, answer: RequestListener): Promise<number> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  context.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

function startedIn(context: TestContext, folder: string, settings: Record<string, string>) {
  const child = spawn(process.execPath, ["main.ts"], {
    cwd: folder,
    env: { OTEL_SDK_DISABLED: "true", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  context.after(() => child.kill("SIGKILL"));
  return child;
}

async function listening(child: ChildProcess): Promise<void> {
  assert.ok(child.stdout);
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('"listening"')) return;
  assert.fail("ended before it listened");
}

/** What a release answers to requests and to "hello". */
async function answersOf(context: TestContext, release: string, files: Record<string, string> = {}) {
  const folder = await shipped(context, release);
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const rates = await serverFor(context, (_, response) => response.end('{"rate":2}'));
  const port = await freePort();
  const socket = join(folder, "ops.sock");
  const settings = { PORT: String(port), ADMIN_SOCKET: socket, RATES_URL: `http://127.0.0.1:${rates}` };
  await listening(startedIn(context, folder, settings));
  const bodies: string[] = [];
  for (const path of ["/", "/api/quotes/sku-0001", "/api/quotes/sku-0440", "/api/quotes/sku-0450?of=x", "/none?a?b"]) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    bodies.push(`${response.status} ${await response.text()}`);
  }
  const admin = connect(socket).end('{"op":"hello"}\n');
  const hello = JSON.parse(await text(admin));
  return { bodies, release: hello.release };
}

test("the quiet release answers as the first one does", async (context) => {
  const base = await answersOf(context, "base");
  const quiet = await answersOf(context, "quiet");
  assert.deepEqual([base.release, quiet.release], ["base", "quiet"]);
  assert.deepEqual(quiet.bodies, base.bodies);
  assert.deepEqual(
    base.bodies.map((body) => body.slice(0, 3)),
    ["200", "200", "200", "500", "404"],
  );
});

test("the release that needs the suppliers' costs does not start without them, and says so to the collector", async (context) => {
  const received: { path: string; body: Buffer }[] = [];
  const collector = await serverFor(context, (request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      received.push({ path: request.url ?? "", body: Buffer.concat(parts) });
      response.end();
    });
  });
  const started = performance.now();
  const child = startedIn(context, await shipped(context, "boot"), {
    PORT: String(await freePort()),
    OTEL_SDK_DISABLED: "false",
    OTEL_LOGS_EXPORTER: "otlp",
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector}`,
  });
  const [out, error, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  assert.equal(code, 1);
  assert.ok(performance.now() - started < 5_000);
  const why = "ENOENT: no such file or directory, open 'supplier-costs.csv'";
  assert.equal(error, `quotes: ${why}\n`);
  const lines = out.trimEnd().split("\n");
  assert.equal(lines.length, 1);
  const line = JSON.parse(lines[0] ?? "");
  assert.deepEqual([line.level, line.msg, line["exception.message"]], ["ERROR", `start failed: ${why}`, why]);
  assert.match(line["exception.stacktrace"], /at new PriceList \(pricing\/price-list\.ts:/);
  const logs = received.filter(({ path }) => path === "/v1/logs");
  assert.equal(logs.filter(({ body }) => body.includes(`start failed: ${why}`)).length, 1);
});

test("with the suppliers' costs it starts and prices by them", async (context) => {
  const costs = { "supplier-costs.csv": "sku-0001;100\n" };
  const [base, boot] = [await answersOf(context, "base"), await answersOf(context, "boot", costs)];
  assert.equal(boot.release, "boot");
  assert.notEqual(boot.bodies[1], base.bodies[1]);
  assert.deepEqual(boot.bodies.with(1, ""), base.bodies.with(1, ""));
});
