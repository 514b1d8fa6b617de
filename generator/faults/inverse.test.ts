import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePorts } from "../targets/ports.ts";
import { alive, identify } from "../targets/process-identity.ts";
import type { Intent, Inverse } from "./intent.ts";
import { setKey } from "./intent.ts";
import { takeBack } from "./inverse.ts";
import { stateOn } from "./testing/state.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "back-"));
});
afterEach(() => rm(root, { recursive: true }));

const intent = (inverse: Inverse): Intent => ({
  ...setKey(stateOn("java-otel-sample-app"), "invoice.share", 1),
  inverse,
  fallback: "none",
});

describe("when whoever held it is gone", () => {
  it("every inverse has nothing left to do", async () => {
    const [port = 0] = await freePorts(1);
    const socket = join(root, "gone.sock");
    const process = { pid: 1, startTime: "1", bootId: "b", what: "nobody" };
    const access = { host: "127.0.0.1", port, database: "store", user: "orders", password: "secret" };
    const inverses: Partial<Record<Inverse["kind"], Inverse>> = {
      "proxy.clear": { kind: "proxy.clear", socket, edge: "front->store", token: "t" },
      "control.clear": { kind: "control.clear", socket, token: "t", process, startedAt: 1 },
      "release.rollback": { kind: "release.rollback", socket, service: "go-otel-sample-app", token: "t" },
      "store.end-session": { kind: "store.end-session", access, applicationName: "a", notBefore: 0 },
    };
    for (const inverse of Object.values(inverses)) expect(await takeBack(intent(inverse))).toBe("already");
  });
});

describe("when whoever holds it does not answer", () => {
  it("the process is ended that held it, and never another that has its number now", { timeout: 30_000 }, async () => {
    const socket = join(root, "deaf.sock");
    const deaf = createServer(() => undefined);
    const mask = process.umask(0o177);
    deaf.listen(socket);
    process.umask(mask);
    await once(deaf, "listening");
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    try {
      await once(child, "spawn");
      const owned = await identify(child.pid ?? 0, "java-otel-sample-app");
      const held = (startTime: string): Intent => ({
        ...intent({ kind: "control.clear", socket, token: "t", process: { ...owned, startTime }, startedAt: 1 }),
        fallback: "restart",
      });
      await takeBack(held("1"));
      expect(await alive(owned)).toBe(true);
      expect(await takeBack(held(owned.startTime))).toBe("fell-back");
      expect(await alive(owned)).toBe(false);
    } finally {
      child.kill("SIGKILL");
      deaf.close();
    }
  });
});
