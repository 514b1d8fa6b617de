import { connect } from "node:net";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { compressionAlgorithms, credentials, makeClientConstructor, type ServiceError, status } from "@grpc/grpc-js";
import { afterEach, describe, expect, it } from "vitest";
import { ExportLogsServiceRequestSchema } from "./generated/opentelemetry/proto/collector/logs/v1/logs_service_pb.js";
import { ExportMetricsServiceRequestSchema } from "./generated/opentelemetry/proto/collector/metrics/v1/metrics_service_pb.js";
import {
  ExportTraceServiceRequestSchema,
  ExportTraceServiceResponseSchema,
} from "./generated/opentelemetry/proto/collector/trace/v1/trace_service_pb.js";
import { LARGEST } from "./otlp.ts";
import type { OtlpRequest, SignalName } from "./otlp-codec.ts";
import { openOtlpGrpc, pathOf } from "./otlp-grpc.ts";

const MIB = 1024 * 1024;
const GZIP = compressionAlgorithms.gzip;
const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

type Sent = { readonly code: status; readonly answer?: Buffer };
interface Bench {
  readonly got: OtlpRequest[];
  readonly port: number;
  counts(): { readonly accepted: Readonly<Record<SignalName, number>>; readonly refused: number };
  send(signal: SignalName, bytes: Uint8Array, compression?: compressionAlgorithms): Promise<Sent>;
}

/** A receiver and the library's own client, which takes bytes as they are. */
async function bench(accept?: (request: OtlpRequest) => void): Promise<Bench> {
  const got: OtlpRequest[] = [];
  const receiver = await openOtlpGrpc(
    { accept: accept ?? ((one) => void got.push(one)) },
    new AbortController().signal,
  );
  open.push(receiver);
  return { got, port: Number(new URL(receiver.url).port), counts: receiver.counts, send: sender(receiver.url) };
}

function sender(url: string): Bench["send"] {
  const Client = makeClientConstructor({}, "otlp");
  return (signal, bytes, compression = compressionAlgorithms.identity) => {
    const client = new Client(new URL(url).host, credentials.createInsecure(), {
      "grpc.default_compression_algorithm": compression,
    });
    const same = (one: Buffer): Buffer => one;
    return new Promise<Sent>((resolve) => {
      const done = (error: ServiceError | null, answer?: Buffer): void =>
        resolve(error ? { code: error.code } : { code: status.OK, ...(answer ? { answer } : {}) });
      client.makeUnaryRequest(pathOf(signal), same, same, Buffer.from(bytes), done);
    }).finally(() => client.close());
  };
}

const spans = (names: readonly string[]): Uint8Array =>
  toBinary(
    ExportTraceServiceRequestSchema,
    create(ExportTraceServiceRequestSchema, {
      resourceSpans: [
        { scopeSpans: [{ spans: names.map((name) => ({ name, traceId: new Uint8Array(16).fill(7) })) }] },
      ],
    }),
  );
const namesIn = (got: readonly OtlpRequest[]): string[] =>
  got.flatMap((one) =>
    one.signal === "traces"
      ? one.message.resourceSpans.flatMap((r) => r.scopeSpans.flatMap((s) => s.spans.map((span) => span.name)))
      : [one.signal],
  );

describe("the receiver by gRPC", () => {
  it("takes all three signals, each on its own path, and leaves partial_success unset", async () => {
    const { send, got, counts } = await bench();
    const { code, answer } = await send("traces", spans(["GET /"]));
    expect(code).toBe(status.OK);
    expect(fromBinary(ExportTraceServiceResponseSchema, answer ?? Buffer.from("none")).partialSuccess).toBeUndefined();
    const metric = { name: "m", data: { case: "gauge" as const, value: { dataPoints: [] } } };
    const metrics = create(ExportMetricsServiceRequestSchema, {
      resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }],
    });
    await send("metrics", toBinary(ExportMetricsServiceRequestSchema, metrics));
    const logs = create(ExportLogsServiceRequestSchema, {
      resourceLogs: [{ scopeLogs: [{ logRecords: [{ severityText: "INFO" }] }] }],
    });
    await send("logs", toBinary(ExportLogsServiceRequestSchema, logs));
    expect(namesIn(got)).toEqual(["GET /", "metrics", "logs"]);
    expect(counts()).toEqual({ accepted: { traces: 1, metrics: 1, logs: 1 }, refused: 0 });
  });

  it("takes gzip, and more than the library's 4 MiB", async () => {
    const { send, got, counts } = await bench();
    const names = Array.from({ length: 20 }, (_, i) => `${i}`.repeat(MIB / 2));
    expect((await send("traces", spans(names), GZIP)).code).toBe(status.OK);
    expect(namesIn(got).length).toBe(20);
    expect(counts().refused).toBe(0);
  });

  it("refuses what is no protobuf as an invalid argument, and goes on", async () => {
    const { send, got, counts } = await bench();
    expect((await send("traces", Buffer.from("hello"))).code).toBe(status.INVALID_ARGUMENT);
    expect((await send("traces", spans(["after"]))).code).toBe(status.OK);
    expect([namesIn(got), counts().refused]).toEqual([["after"], 1]);
  });

  for (const [how, compression] of [
    ["plain", compressionAlgorithms.identity],
    ["packed", GZIP],
  ] as const)
    it(`refuses and counts more than it may take, ${how}`, async () => {
      const { send, got, counts } = await bench();
      expect((await send("logs", Buffer.alloc(LARGEST + 1), compression)).code).toBe(status.RESOURCE_EXHAUSTED);
      await expect.poll(counts).toEqual({ accepted: { traces: 0, metrics: 0, logs: 0 }, refused: 1 });
      expect(got).toEqual([]);
    }, 20_000);

  it("says so when what it received could not be kept", async () => {
    const { send, counts } = await bench(() => {
      throw new Error("full");
    });
    expect((await send("traces", spans(["x"]))).code).toBe(status.INTERNAL);
    expect(counts()).toEqual({ accepted: { traces: 0, metrics: 0, logs: 0 }, refused: 1 });
  });

  it("ends though a sender is connected and frozen, and its port is free again", async () => {
    const { port } = await bench();
    const idle = connect(port, "127.0.0.1");
    await new Promise((resolve) => idle.once("connect", resolve));
    idle.on("error", () => undefined);
    for (const one of open.splice(0)) await one[Symbol.asyncDispose]();
    idle.destroy();
    open.push(await openOtlpGrpc({ port, accept: () => undefined }, new AbortController().signal));
  });

  it("does not open once given up", async () => {
    await expect(openOtlpGrpc({ accept: () => undefined }, AbortSignal.abort())).rejects.toThrow();
  });
});
