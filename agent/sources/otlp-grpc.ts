import { setTimeout as sleep } from "node:timers/promises";
import {
  Server,
  ServerCredentials,
  ServerInterceptingCall,
  type ServerInterceptor,
  type ServerUnaryCall,
  type ServiceDefinition,
  type sendUnaryData,
  status,
} from "@grpc/grpc-js";
import { type Accept, LARGEST, type OtlpCounts, type OtlpReceiver } from "./otlp.ts";
import { fromProtobuf, type OtlpRequest, SIGNALS, type SignalName } from "./otlp-codec.ts";

const SERVICES: Readonly<Record<SignalName, string>> = {
  traces: "trace.v1.TraceService",
  metrics: "metrics.v1.MetricsService",
  logs: "logs.v1.LogsService",
};
export const pathOf = (signal: SignalName): string => `/opentelemetry.proto.collector.${SERVICES[signal]}/Export`;

/** ms: a sender that is frozen never ends its connection, and is not waited for. */
const PATIENCE = 500;
/** A success with `partial_success` unset has no fields, so no bytes, for every signal. */
const SUCCESS = Buffer.alloc(0);

/** Receives OTLP over gRPC, plain or gzip, on loopback only and without TLS. A message is at most 64 MiB unpacked. */
export async function openOtlpGrpc(
  options: { readonly port?: number; readonly accept: Accept },
  signal: AbortSignal,
): Promise<OtlpReceiver> {
  signal.throwIfAborted();
  const counts = { accepted: { traces: 0, metrics: 0, logs: 0 }, refused: 0 };
  const interceptors = [unheard(() => (counts.refused += 1))];
  const server = new Server({ "grpc.max_receive_message_length": LARGEST, interceptors });
  for (const one of SIGNALS) server.addService(serviceOf(one), { Export: exporting(one, options.accept, counts) });
  const port = await bound(server, options.port ?? 0);
  const receiver = {
    url: `http://127.0.0.1:${port}`,
    counts: () => ({ accepted: { ...counts.accepted }, refused: counts.refused }),
    async [Symbol.asyncDispose]() {
      const ended = new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
      server.forceShutdown();
      await Promise.race([ended, sleep(PATIENCE)]);
    },
  };
  if (!signal.aborted) return receiver;
  await receiver[Symbol.asyncDispose]();
  throw signal.reason;
}

function bound(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, given) =>
      error === null ? resolve(given) : reject(error),
    );
  });
}

/** Bytes in, bytes out: what cannot be decoded is answered by us, not by the library, which would say INTERNAL. */
function serviceOf(signal: SignalName): ServiceDefinition {
  const same = (bytes: Buffer): Buffer => bytes;
  return {
    Export: {
      path: pathOf(signal),
      requestStream: false,
      responseStream: false,
      requestSerialize: same,
      requestDeserialize: same,
      responseSerialize: same,
      responseDeserialize: same,
    },
  };
}

type Counts = { -readonly [K in keyof OtlpCounts]: OtlpCounts[K] } & { accepted: Record<SignalName, number> };

function exporting(signal: SignalName, accept: Accept, counts: Counts) {
  return ({ request }: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>): void => {
    const refuse = (code: status, error: unknown): void => {
      counts.refused += 1;
      answer({ code, details: error instanceof Error ? error.message : "error" });
    };
    let decoded: OtlpRequest;
    try {
      decoded = fromProtobuf(signal, new Uint8Array(request.buffer, request.byteOffset, request.length));
    } catch (error) {
      refuse(status.INVALID_ARGUMENT, error);
      return;
    }
    try {
      accept(decoded, Date.now());
    } catch (error) {
      refuse(status.INTERNAL, error);
      return;
    }
    counts.accepted[signal] += 1;
    answer(null, SUCCESS);
  };
}

/**
 * Tells of calls that ended before their message had come: too large, not what its encoding says, or cut off. The
 * library answers those itself (RESOURCE_EXHAUSTED, INTERNAL) and no handler hears of them.
 */
function unheard(refused: () => void): ServerInterceptor {
  return (_method, call) => {
    let heard = false;
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMessage(message, pass) {
            heard = true;
            pass(message);
          },
          onCancel() {
            if (!heard) refused();
          },
        }),
    });
  };
}
