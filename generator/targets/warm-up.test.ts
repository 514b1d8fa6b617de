import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { APPS } from "./target.ts";
import { readingPaths, warmUp } from "./warm-up.ts";

it("reads on all reading routes, ordinary and ever other records", () => {
  for (const app of APPS) {
    const paths = readingPaths(app, 60);
    expect(paths).toEqual(readingPaths(app, 60));
    expect(new Set(paths).size).toBeGreaterThan(10);
    for (const path of paths) {
      const [, product = "0"] = path.match(/(?:ids=|sku-)0*(\d+)/) ?? [];
      const [, user = "0"] = path.match(/(?:users\?id|userId)=(\d+)/) ?? [];
      expect([Number(product) <= 440, Number(user) <= 950, path.startsWith("/")]).toEqual([true, true, true]);
    }
  }
  const templates = new Set(readingPaths("java-otel-sample-app", 60).map((path) => path.replace(/\d+/g, "n")));
  expect([...templates].sort()).toEqual(["/", "/api/orders?userId=n", "/api/products?ids=n", "/api/users?id=n"]);
});

it("asks one thing at a time on one connection, whatever is answered, and ends with the signal", async () => {
  let [seen, open, most, connections] = [0, 0, 0, 0];
  const server = createServer(async (request, response) => {
    seen += 1;
    open += 1;
    most = Math.max(most, open);
    await sleep(2);
    open -= 1;
    response.statusCode = seen % 2 ? 500 : 200;
    response.end(request.url);
  }).listen(0, "127.0.0.1");
  server.on("connection", () => (connections += 1));
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await warmUp("sample-metrics-app", port, new AbortController().signal);
  expect([seen, most, connections]).toEqual([60, 1, 1]);
  const stop = new AbortController();
  const warming = warmUp("sample-metrics-app", port, stop.signal);
  setTimeout(() => stop.abort(new Error("enough")), 100);
  await expect(warming).rejects.toThrow();
  expect(seen).toBeLessThan(100);
  server.close();
});
