import type { ErrorKind } from "../investigation.ts";
import type { Span } from "../telemetry/model.ts";
import { statusOf } from "./bins.ts";
import { wordsOf } from "./traces.ts";

/**
 * How failures name themselves in our four runtimes (Node, Python, Go, Java); a fifth adds its words. Read from top to
 * bottom; `pool` stands before `timeout` because a pool wait also reads "timed out".
 */
const TABLE: readonly (readonly [ErrorKind, RegExp])[] = [
  ["dns", /ENOTFOUND|EAI_AGAIN|no such host|UnknownHost|name or service not known|name resolution/i],
  ["tls", /CERT_|x509|SSLHandshake|SSLError|\bcertificate\b|tls: /i],
  ["pool", /connection is not available|SQLTransientConnection|QueuePool limit|PoolTimeout|too many clients|too many open files|EMFILE/i],
  ["refused", /ECONNREFUSED|connection refused/i],
  ["reset", /ECONNRESET|EPIPE|UND_ERR_SOCKET|other side closed|socket hang up|connection reset|broken pipe|unexpected EOF|RemoteProtocolError|server disconnected|ReadError/i],
  ["timeout", /ETIMEDOUT|UND_ERR_\w{0,40}_TIMEOUT|TimeoutError|deadline exceeded|i\/o timeout|SocketTimeout|HttpTimeout|ReadTimeout|ConnectTimeout|timed out|\btimeout\b|^(408|504)$/i],
  ["refused", /ConnectException|ConnectError/i],
  ["limit", /^429$|throttl|rate limit/i],
  ["unavailable", /^50[23]$/],
  ["internal", /^5\d\d$/],
]; // biome-ignore format: a table reads better than a column

/** The kind of one text, or nothing if it tells none. */
export function kindOf(words: string): ErrorKind | undefined {
  return TABLE.find(([, pattern]) => pattern.test(words))?.[0];
}

/** The kind of a failed span: messages before types before the status; a failed span that tells nothing is internal. */
export function classify(span: Span): ErrorKind {
  const status = statusOf(span);
  for (const words of wordsOf(span)) {
    const kind = kindOf(words);
    if (kind && kind !== "internal") return kind;
  }
  return status >= 400 && status < 500 && status !== 408 && status !== 429 ? "client" : "internal";
}

/** The commonest exception or status behind a failure, in a few words. */
export function detailOf(span: Span): string {
  const exception = span.exceptions[0];
  const status = statusOf(span);
  if (exception) return `${exception.type.slice(0, 120)}: ${exception.message.split("\n", 1)[0]?.slice(0, 120) ?? ""}`;
  const type = span.attributes["error.type"];
  return status > 0 ? `HTTP ${status}` : String(type ?? "span status error");
}
