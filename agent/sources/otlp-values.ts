import type { Attributes, Instant } from "../telemetry/model.ts";
import type { AnyValue, KeyValue } from "./generated/opentelemetry/proto/common/v1/common_pb.js";

const NANOS_IN_MS = 1_000_000n;

/** Milliseconds since 1970 with fractions, from unsigned nanoseconds. */
export function instantOf(nanos: bigint): Instant {
  return Number(nanos / NANOS_IN_MS) + Number(nanos % NANOS_IN_MS) / 1e6;
}

export const hexOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");

/** Scalars stay what they are; lists and maps become JSON text. */
export function attributesOf(pairs: readonly KeyValue[]): Attributes {
  const attributes: Record<string, string | number | boolean> = {};
  for (const { key, value } of pairs) {
    const plain = plainOf(value);
    if (plain === undefined) continue;
    attributes[key] = typeof plain === "object" ? JSON.stringify(plain) : plain;
  }
  return attributes;
}

type Plain = string | number | boolean | Plain[] | { [key: string]: Plain } | undefined;

export function plainOf(any: AnyValue | undefined): Plain {
  const value = any?.value;
  switch (value?.case) {
    case "stringValue":
    case "boolValue":
    case "doubleValue":
      return value.value;
    case "intValue":
      return Number(value.value);
    case "bytesValue":
      return hexOf(value.value);
    case "arrayValue":
      return value.value.values.map(plainOf);
    case "kvlistValue":
      return Object.fromEntries(value.value.values.map((one) => [one.key, plainOf(one.value)]));
    default:
      return undefined;
  }
}

/** The value as text; undefined when there is none. */
export function textOf(any: AnyValue | undefined): string | undefined {
  const plain = plainOf(any);
  return plain === undefined || typeof plain === "string" ? plain : JSON.stringify(plain);
}
