import { describe, expect, it } from "vitest";
import { TOOLS } from "../tools/all.ts";
import { NOW, smallShop } from "../tools/testing/small-shop.ts";
import { type Endpoint, openEndpoint } from "./endpoint.ts";

const view = smallShop().view(() => NOW);
interface Told {
  readonly status: number;
  readonly body: { readonly error?: string; readonly [name: string]: unknown };
}
async function ask({ url, token }: Endpoint, path: string, more: RequestInit = {}): Promise<Told> {
  const response = await fetch(url + path, { headers: { authorization: `Bearer ${token}` }, ...more });
  return { status: response.status, body: (await response.json()) as Told["body"] };
}

describe("the endpoint", () => {
  it("listens on loopback alone, describes its tools, and answers by GET and by POST", async () => {
    await using endpoint = await openEndpoint(view, TOOLS);
    expect(endpoint.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const { body } = await ask(endpoint, "/");
    expect(body).toMatchObject({ now: NOW, tools: TOOLS.map(({ name }) => ({ name, path: `/tools/${name}` })) });
    const got = await ask(endpoint, "/tools/spans?component=shop&failed=true&limit=3");
    const posted = await ask(endpoint, "/tools/spans", {
      method: "POST",
      headers: { authorization: `Bearer ${endpoint.token}` },
      body: JSON.stringify({ component: "shop", failed: true, limit: 3 }),
    });
    expect(got).toEqual(posted);
    expect(got).toMatchObject({ status: 200, body: { tool: "spans", truncated: true, rows: { length: 3 } } });
  });
  it("takes lists and objects in a query as JSON, and a text as it is", async () => {
    await using endpoint = await openEndpoint(view, TOOLS);
    const list = encodeURIComponent('["heap","other"]');
    expect((await ask(endpoint, `/tools/series?metric=${list}&points=1`)).body).toMatchObject({ rows: { length: 1 } });
    expect((await ask(endpoint, "/tools/series?metric=heap&points=1")).body).toMatchObject({ rows: { length: 1 } });
    expect(await ask(endpoint, "/tools/trace?trace=12345")).toMatchObject({ status: 200, body: { rows: [] } });
  });
  it("refuses who has no token, before anything else", async () => {
    await using endpoint = await openEndpoint(view, TOOLS);
    await using other = await openEndpoint(view, TOOLS);
    for (const headers of [{}, { authorization: "Bearer wrong" }, { authorization: `Bearer ${other.token}` }] as Record<
      string,
      string
    >[])
      for (const path of ["/", "/tools/services", "/nowhere"])
        expect(await ask(endpoint, path, { headers })).toMatchObject({
          status: 401,
          body: { error: expect.stringContaining("token") },
        });
  });
  it.each([
    ["an unknown tool", "/tools/truth", {}, 404, /\/tools\/services/],
    ["a path that leads elsewhere", "/tools/../../etc/passwd", {}, 404, /there is no/],
    ["wrong arguments", "/tools/logs?severity=high", {}, 400, /severity/],
    ["an argument that there is not", "/tools/logs?limt=3", {}, 400, /limt/],
    ["a body that is no JSON", "/tools/logs", { method: "POST", body: "{" }, 400, /JSON/],
    ["a body that is no object", "/tools/logs", { method: "POST", body: "[]" }, 400, /object/],
    ["a body without end", "/tools/logs", { method: "POST", body: " ".repeat(100_000) }, 413, /bytes/],
    ["another method", "/tools/logs", { method: "DELETE" }, 405, /GET or POST/],
  ])("refuses %s and says why", async (_, path, more, status, why) => {
    await using endpoint = await openEndpoint(view, TOOLS);
    const told = await ask(endpoint, path, more);
    expect(told.status).toBe(status);
    expect(told.body.error).toMatch(why);
  });
  it("is gone when it is disposed of", async () => {
    const endpoint = await openEndpoint(view, TOOLS);
    await ask(endpoint, "/");
    await endpoint[Symbol.asyncDispose]();
    await expect(ask(endpoint, "/")).rejects.toThrow();
  });
});
