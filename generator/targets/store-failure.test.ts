import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Ownership } from "./ownership.ts";
import { freePorts } from "./ports.ts";
import { startStore } from "./store.ts";
import { storeFailure } from "./store-failure.ts";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "app-"));
});
afterEach(() => rm(root, { recursive: true }));

async function start(port: number): Promise<unknown> {
  const database = { name: "store", user: "orders", password: "secret" };
  const ownership = new Ownership(root, async () => undefined);
  const options = { directory: join(root, "store"), log: join(root, "store.log"), port, database, ownership };
  return startStore(options, AbortSignal.timeout(20_000));
}

describe("a store that cannot start", () => {
  it("says that its port is taken", async () => {
    const [port = 0] = await freePorts(1);
    const other = createServer().listen(port, "127.0.0.1");
    await once(other, "listening");
    await expect(start(port)).rejects.toMatchObject({
      message: expect.stringMatching(/^PostgreSQL did not start: it ended with exit code 1\n.*Address already in use/s),
      hint: "Another program took the port meanwhile; try again",
      exitCode: 3,
    });
    other.close();
  });

  it("says that its disk is full, in the words of initdb and not in ours to it", async () => {
    const stderr = 'FATAL:  could not write to file "pg_wal/xlogtemp.27338": No space left on device\n';
    const script = `process.stderr.write(${JSON.stringify(stderr)}); process.exit(1)`;
    const error = await promisify(execFile)(process.execPath, ["-e", script]).catch((caught: unknown) => caught);
    const told = storeFailure(error, { said: "", directory: "/tmp/app-x/store" });
    expect(told.message).toBe(
      `PostgreSQL did not start: its data could not be laid out (initdb ended with 1)\n${stderr.trim()}`,
    );
    expect(told.hint).toMatch(/^Free at least 100 MB of disk space where its data lies, \/tmp\/app-x\/store/);
  });

  const said: readonly (readonly [what: string, hint: RegExp])[] = [
    ['could not extend file "base/1/2691": wrote only 4096 of 8192 bytes at block 10', /disk space/],
    ["EROFS: read-only file system, chown '/x/store/data'", /allowed to write/],
    ["FATAL:  could not map anonymous shared memory: Cannot allocate memory", /memory/],
    ["something else", /npm ci/],
  ];
  for (const [what, hint] of said)
    it(`knows what to do about: ${what.slice(0, 40)}`, () => {
      expect(storeFailure(new Error(what), { said: "", directory: "/x" }).hint).toMatch(hint);
    });
});
