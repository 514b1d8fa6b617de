import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { openStore } from "../telemetry/store.ts";
import { pour } from "./otlp-records.ts";
import { openPrometheus } from "./prometheus.ts";
import { parsePrometheus } from "./prometheus-text.ts";

const scrape = (n: number): string => `# HELP http_requests_total Requests.
# TYPE http_requests_total counter
http_requests_total{route="/a\\"b",status="200"} ${10 * n}
http_requests_total{route="/",status="500"} ${n} 1700000000000
# TYPE request_seconds histogram
request_seconds_bucket{le="0.1"} ${2 * n}
request_seconds_bucket{le="1"} ${3 * n}
request_seconds_bucket{le="+Inf"} ${4 * n} # {trace_id="abc"} 0.5
request_seconds_sum ${n * 1.5}
request_seconds_count ${4 * n}
# TYPE lag_seconds gauge
lag_seconds NaN
up 1
nonsense line here {
# EOF
`;

describe("the text format", () => {
  const families = new Map(parsePrometheus(scrape(1)).map((family) => [family.name, family]));
  it("has families with types and help", () =>
    expect(families.get("http_requests_total")).toMatchObject({ type: "counter", help: "Requests." }));
  it("has escaped labels", () =>
    expect(families.get("http_requests_total")?.samples[0]).toEqual({
      name: "http_requests_total",
      labels: { route: '/a"b', status: "200" },
      value: 10,
    }));
  it("keeps the parts of a histogram together", () => expect(families.get("request_seconds")?.samples).toHaveLength(5));
  it("skips a line that is none", () => expect([...families.keys()].includes("nonsense")).toBe(false));
});

describe("a scraper", () => {
  it("fills the store with increases, under the name it was given", async () => {
    let n = 0;
    const server = createServer((_, response) => response.end(scrape(++n))).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const store = openStore();
    let last = 0;
    const scraper = await openPrometheus(
      {
        targets: new Map([["quotes", new URL(`http://127.0.0.1:${port}/metrics`)]]),
        everyMs: 50,
        accept: (request, arrival) => {
          last = arrival;
          pour(request, arrival, store);
        },
      },
      new AbortController().signal,
    );
    while (n < 4) await new Promise((resolve) => setTimeout(resolve, 20));
    await scraper[Symbol.asyncDispose]();
    server.close();
    server.closeAllConnections();
    const view = store.view(() => last);
    const [counter] = view.series({
      within: { from: 0, to: 1e15 },
      metric: "http_requests_total",
      where: { status: "200" },
    });
    expect(counter).toMatchObject({ component: "quotes", instance: `127.0.0.1:${port}`, kind: "counter" });
    expect(new Set(counter?.value)).toEqual(new Set([10]));
    const [histogram] = view.series({ within: { from: 0, to: 1e15 }, metric: "request_seconds" });
    expect(histogram).toMatchObject({ unit: "s", kind: "histogram", bounds: [0.1, 1] });
    expect([...(histogram?.buckets?.[0] ?? [])]).toEqual([2, 1, 1]);
    expect(scraper.failed()).toBe(0);
  });

  it("leaves a gap where nobody answers, and goes on", async () => {
    const accepted: number[] = [];
    const targets = new Map([["away", new URL("http://127.0.0.1:9/metrics")]]);
    const accept = (): void => void accepted.push(1);
    const scraper = await openPrometheus({ targets, everyMs: 20, accept }, new AbortController().signal);
    await new Promise((resolve) => setTimeout(resolve, 150));
    await scraper[Symbol.asyncDispose]();
    expect(accepted).toEqual([]);
    expect(scraper.failed()).toBeGreaterThan(1);
  });

  it("is not sent elsewhere by whom it scrapes", async () => {
    let asked = 0;
    const other = createServer((_, response) => response.end(scrape(++asked))).listen(0, "127.0.0.1");
    await once(other, "listening");
    const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/metrics`;
    const server = createServer((_, response) => response.writeHead(302, { location }).end()).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`);
    const options = { targets: new Map([["quotes", url]]), everyMs: 20, accept: () => undefined };
    const scraper = await openPrometheus(options, new AbortController().signal);
    while (scraper.failed() === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await scraper[Symbol.asyncDispose]();
    for (const one of [server, other]) {
      one.close();
      one.closeAllConnections();
    }
    expect(asked).toBe(0);
  });
});
