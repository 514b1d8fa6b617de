import { gzipSync } from "node:zlib";
import { toBinary } from "@bufbuild/protobuf";
import { afterEach, describe, expect, it } from "vitest";
import { openStore } from "../telemetry/store.ts";
import { ExportTraceServiceRequestSchema } from "./generated/opentelemetry/proto/collector/trace/v1/trace_service_pb.js";
import { openOtlp } from "./otlp.ts";
import { fromOtlpJson, type OtlpRequest, toOtlpJson } from "./otlp-codec.ts";
import { pour } from "./otlp-records.ts";

const TRACE = "5b8efff798038103d269b633813fc60c";
const text = (key: string, stringValue: string): object => ({ key, value: { stringValue } });
const BODY = {
  resourceSpans: [
    {
      resource: { attributes: [text("service.name", "shop"), text("service.instance.id", "i-1")] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: TRACE,
              spanId: "EEE19B7EC3C1B174",
              parentSpanId: "eee19b7ec3c1b173",
              name: "GET /",
              kind: 2,
              startTimeUnixNano: "1700000000000500000",
              endTimeUnixNano: 1700000000250000000,
              attributes: [{ key: "http.response.status_code", value: { intValue: "500" } }],
              events: [
                {
                  name: "exception",
                  attributes: [text("exception.type", "TypeError"), text("exception.message", "no locale")],
                },
              ],
              status: { code: 2, message: "no locale" },
              unknownField: 1,
            },
          ],
        },
      ],
    },
  ],
};
const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one[Symbol.asyncDispose]();
});
async function receiver(): Promise<{ url: string; got: OtlpRequest[]; refused(): number }> {
  const got: OtlpRequest[] = [];
  const accept = (request: OtlpRequest): void => void got.push(request);
  const one = await openOtlp({ accept }, new AbortController().signal);
  open.push(one);
  return { url: one.url, got, refused: () => one.counts().refused };
}
const post = (url: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
  fetch(url, { method: "POST", body, headers });
const json = { "content-type": "application/json" };

describe("the receiver", () => {
  const message = fromOtlpJson("traces", structuredClone(BODY)).message as never;
  const binary = Uint8Array.from(toBinary(ExportTraceServiceRequestSchema, message));
  const forms: readonly (readonly [string, string | Uint8Array<ArrayBuffer>, Record<string, string>])[] = [
    ["JSON", JSON.stringify(BODY), json],
    ["protobuf", binary, { "content-type": "application/x-protobuf" }],
    ["protobuf, gzip", gzipSync(binary), { "content-type": "application/x-protobuf", "content-encoding": "gzip" }],
  ];
  for (const [form, body, headers] of forms)
    it(`takes ${form} and answers in kind`, async () => {
      const { url, got } = await receiver();
      const answer = await post(`${url}/v1/traces`, body, headers);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, headers["content-type"]]);
      const store = openStore();
      for (const one of got) pour(one, 1_700_000_001_000, store);
      const [span] = store.view(() => 2e12).spans({});
      expect(span).toMatchObject({
        trace: TRACE,
        id: "eee19b7ec3c1b174",
        parent: "eee19b7ec3c1b173",
        component: "shop",
        instance: "i-1",
        kind: "server",
        failed: true,
        start: 1_700_000_000_000.5,
        attributes: { "http.response.status_code": 500, "otel.status_description": "no locale" },
        exceptions: [{ type: "TypeError", message: "no locale" }],
      });
    });

  const refusals: readonly (readonly [string, string, string, Record<string, string>, number])[] = [
    ["another path", "/v1/profiles", "{}", json, 404],
    ["what is no JSON", "/v1/traces", "{", json, 400],
    ["what is no protobuf", "/v1/traces", "hello", {}, 400],
    ["another encoding", "/v1/traces", "{}", { ...json, "content-encoding": "br" }, 415],
    ["what only says it is gzip", "/v1/traces", "{}", { ...json, "content-encoding": "gzip" }, 400],
  ];
  for (const [what, path, body, headers, status] of refusals)
    it(`refuses ${what} and counts it`, async () => {
      const { url, got, refused } = await receiver();
      expect((await post(`${url}${path}`, body, headers)).status).toBe(status);
      expect([got.length, refused()]).toEqual([0, 1]);
    });

  it("refuses a body that unpacks to more than it may", async () => {
    const { url } = await receiver();
    const bomb = gzipSync(Buffer.alloc(65 * 1024 * 1024));
    expect((await post(`${url}/v1/traces`, bomb, { ...json, "content-encoding": "gzip" })).status).toBe(413);
  });
});

describe("the JSON form", () => {
  it("is read and written without loss, ids in hex", () => {
    const once = toOtlpJson(fromOtlpJson("traces", structuredClone(BODY)));
    expect(JSON.stringify(once)).toContain(TRACE);
    expect(toOtlpJson(fromOtlpJson("traces", structuredClone(once)))).toEqual(once);
  });
});
