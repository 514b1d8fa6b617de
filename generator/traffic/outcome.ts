import type { AppId, Millis } from "../targets/target.ts";

export type FailureKind = "timeout" | "refused" | "reset" | "dns" | "tls" | "protocol" | "local";
/** What became of one request; instants are ms since 1970 with fractions. */
export type Outcome = {
  readonly seq: number;
  readonly app: AppId;
  readonly route: string;
  readonly phase: number;
  /** It named a reserved record, on which the app really fails. */
  readonly reserved: boolean;
  readonly due: Millis;
  readonly trace: string;
} & (
  | {
      readonly kind: "answered";
      readonly sent: Millis;
      readonly done: Millis;
      readonly status: number;
      readonly valid: boolean;
    }
  | { readonly kind: "failed"; readonly sent: Millis; readonly done: Millis; readonly why: FailureKind }
  | { readonly kind: "dropped"; readonly why: "queue-full" | "late" }
);

const NAMES: Readonly<Record<string, FailureKind>> = {
  ECONNREFUSED: "refused", ENOTFOUND: "dns", EAI_AGAIN: "dns", ECONNRESET: "reset", EPIPE: "reset",
  UND_ERR_SOCKET: "reset", UND_ERR_CONNECT_TIMEOUT: "timeout", UND_ERR_HEADERS_TIMEOUT: "timeout",
  UND_ERR_BODY_TIMEOUT: "timeout", ETIMEDOUT: "timeout", EMFILE: "local", ENFILE: "local", EADDRNOTAVAIL: "local",
}; // biome-ignore format: a table reads better than a column

/** The failure an error code stands for; an unknown one is `protocol`. */
export function failureOf(error: unknown): FailureKind {
  const code = String(
    (error as { code?: unknown })?.code ?? (error as { cause?: { code?: unknown } })?.cause?.code ?? "",
  );
  if (/^(CERT_|ERR_TLS_|DEPTH_ZERO|SELF_SIGNED)/.test(code)) return "tls";
  return NAMES[code] ?? "protocol";
}
