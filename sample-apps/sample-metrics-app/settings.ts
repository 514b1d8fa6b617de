/** The settings of the process, read once at start. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  /** Path of the unix socket for operation, empty for none. */
  readonly adminSocket: string;
  /** Base URL of the rates provider, without a slash at its end. */
  readonly ratesUrl: string;
  /** Time limit of one outgoing call, in milliseconds. */
  readonly upstreamTimeoutMs: number;
  /** Immediate repeats of a failed outgoing call. */
  readonly upstreamRetries: number;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads the environment. Throws on a value that is no number or no URL. */
export function readSettings(variables: Variables): Settings {
  return {
    host: text(variables, "HOST", "127.0.0.1"),
    port: wholeNumber(variables, "PORT", 8000),
    adminSocket: text(variables, "ADMIN_SOCKET", ""),
    ratesUrl: httpUrl(variables, "RATES_URL", "http://127.0.0.1:8100"),
    upstreamTimeoutMs: wholeNumber(variables, "UPSTREAM_TIMEOUT_MS", 1000),
    upstreamRetries: wholeNumber(variables, "UPSTREAM_RETRIES", 0),
  };
}

function text(variables: Variables, name: string, preset: string): string {
  return variables[name] || preset;
}

function wholeNumber(variables: Variables, name: string, preset: number): number {
  const raw = variables[name];
  if (!raw) return preset;
  if (!/^\d+$/.test(raw)) throw new Error(`${name} must be a whole number of 0 or more, is "${raw}"`);
  return Number(raw);
}

function httpUrl(variables: Variables, name: string, preset: string): string {
  const raw = text(variables, name, preset);
  if (!/^https?:$/.test(URL.parse(raw)?.protocol ?? "")) throw new Error(`${name} must be an http URL, is "${raw}"`);
  return raw.replace(/\/+$/, "");
}
