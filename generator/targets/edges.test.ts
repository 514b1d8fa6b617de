import { get } from "node:http";
import { describe, expect, it } from "vitest";
import { PATH, path, serve } from "../faults/testing/paths.ts";
import { lead, linksOf, pathsTo, vacated } from "./edges.ts";

const { signal } = new AbortController();

function ask(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = get({ host: "127.0.0.1", port, agent: false }, (answer) => {
      let body = "";
      answer.on("data", (chunk) => {
        body += chunk;
      });
      answer.on("end", () => resolve(body));
    });
    asked.on("error", reject);
  });
}

describe("the paths of a target", () => {
  it("are edges and scrapes, and lead to the service at their end", () => {
    const ports = new Map([["sample-metrics-app", 9] as const]);
    expect(
      linksOf(["front->sample-metrics-app", "scrape->sample-metrics-app"], ports, { "sample-metrics-app": 1 }),
    ).toEqual([
      { edge: "front->sample-metrics-app", upstreams: [9], port: 1 },
      { edge: "scrape->sample-metrics-app", upstreams: [9] },
    ]);
  });

  it("are found by the whole name of that service", () => {
    const paths = ["front->otel-sample-app", "front->java-otel-sample-app", "otel-sample-app->java-otel-sample-app"];
    expect(pathsTo("otel-sample-app", paths)).toEqual(["front->otel-sample-app"]);
    expect(pathsTo("java-otel-sample-app", paths)).toEqual(paths.slice(1));
  });

  it("lead where they are told to, and say so when there is no such path", async () => {
    await using a = await serve((_, answer) => answer.end("a"));
    await using b = await serve((_, answer) => answer.end("b"));
    await using on = await path([a.port]);
    expect(await ask(on.port)).toBe("a");
    await lead(on.socket, [PATH], [b.port]);
    expect(await vacated(on.socket, [PATH], 1_000, signal)).toBe(true);
    expect(await ask(on.port)).toBe("b");
    await expect(lead(on.socket, ["front->nobody"], [a.port])).rejects.toThrow("front->nobody");
  });
});
