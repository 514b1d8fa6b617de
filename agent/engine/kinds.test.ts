import { expect, test } from "vitest";
import type { ErrorKind } from "../investigation.ts";
import { classify, detailOf, kindOf } from "./kinds.ts";
import { spanOf } from "./testing/sketch.ts";

const SENTENCES: readonly (readonly [ErrorKind, string])[] = [
  ["dns", "getaddrinfo ENOTFOUND quotes.internal"],
  ["dns", "java.net.UnknownHostException: store"],
  ["dns", "dial tcp: lookup quotes: no such host"],
  ["dns", "[Errno -2] Name or service not known"],
  ["tls", "x509: certificate has expired or is not yet valid"],
  ["tls", "javax.net.ssl.SSLHandshakeException: PKIX path building failed"],
  ["tls", "CERT_HAS_EXPIRED"],
  ["pool", "HikariPool-1 - Connection is not available, request timed out after 2000ms."],
  ["pool", "QueuePool limit of size 5 overflow 10 reached, connection timed out"],
  ["pool", "httpx.PoolTimeout"],
  ["pool", "FATAL: sorry, too many clients already"],
  ["pool", "accept4: too many open files"],
  ["refused", "connect ECONNREFUSED 127.0.0.1:8080"],
  ["refused", "dial tcp 10.0.0.3:80: connect: connection refused"],
  ["refused", "java.net.ConnectException"],
  ["refused", "httpx.ConnectError: All connection attempts failed"],
  ["reset", "read ECONNRESET"],
  ["reset", "SocketError: other side closed"],
  ["reset", "write: broken pipe"],
  ["reset", "httpx.RemoteProtocolError: Server disconnected without sending a response."],
  ["reset", "unexpected EOF"],
  ["timeout", "context deadline exceeded (Client.Timeout exceeded while awaiting headers)"],
  ["timeout", "java.net.http.HttpTimeoutException: request timed out"],
  ["timeout", "UND_ERR_HEADERS_TIMEOUT"],
  ["timeout", "httpx.ReadTimeout"],
  ["timeout", "dial tcp 10.0.0.3:80: i/o timeout"],
  ["timeout", "504"],
  ["limit", "429"],
  ["limit", "ThrottlingException: Rate exceeded, request throttled"],
  ["unavailable", "503"],
  ["unavailable", "502"],
  ["internal", "500"],
]; // biome-ignore format: a table reads better than a column

test.each(SENTENCES)("%s: %s", (kind, words) => {
  expect(kindOf(words)).toBe(kind);
});

test("words that tell nothing have no kind", () => {
  expect(kindOf("product 487 has no price rules")).toBeUndefined();
  expect(kindOf("5003")).toBeUndefined();
});

test("the message is read before the type, the type before the status", () => {
  const thrown = { type: "java.net.ConnectException", message: "Connection timed out" };
  expect(classify(spanOf({ id: "1", of: "a", from: 0, to: 1, failed: true, status: 500, thrown }))).toBe("timeout");
  const told = { "error.type": "ECONNREFUSED" };
  expect(classify(spanOf({ id: "1", of: "a", from: 0, to: 1, failed: true, status: 502, told }))).toBe("refused");
  expect(classify(spanOf({ id: "1", of: "a", from: 0, to: 1, failed: true, status: 503 }))).toBe("unavailable");
  expect(classify(spanOf({ id: "1", of: "a", from: 0, to: 1, failed: true, status: 404 }))).toBe("client");
  expect(classify(spanOf({ id: "1", of: "a", from: 0, to: 1, failed: true }))).toBe("internal");
});

test("a failure is told by its exception, else its status, else its type", () => {
  const thrown = { type: "RangeError", message: "Invalid currency code : XX9\n at f" };
  expect(detailOf(spanOf({ id: "1", of: "a", from: 0, to: 1, thrown }))).toBe(
    "RangeError: Invalid currency code : XX9",
  );
  expect(detailOf(spanOf({ id: "1", of: "a", from: 0, to: 1, status: 503 }))).toBe("HTTP 503");
  expect(detailOf(spanOf({ id: "1", of: "a", from: 0, to: 1, told: { "error.type": "EPIPE" } }))).toBe("EPIPE");
});
