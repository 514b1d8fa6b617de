import { type Body, Messages } from "./messages.ts";

/**
 * What is said on one connection, if it is HTTP/1: whether an exchange is under way. Bytes are watched, never changed.
 * Everything else (a database's protocol, TLS, HTTP/2, an upgraded connection) is never between two exchanges.
 */
export class Conversation {
  /** Methods of the requests that have not been answered in full. */
  readonly #open: string[] = [];
  readonly #requests: Messages;
  readonly #answers: Messages;
  /** An interim answer (1xx): the real one follows. */
  #interim = false;
  /** One side has said that it closes after this exchange. */
  #last = false;

  constructor() {
    this.#requests = new Messages({ head: (lines) => this.#request(lines), end: () => undefined });
    this.#answers = new Messages({ head: (lines) => this.#answer(lines), end: () => this.#answered() });
  }

  /** Whether all that was asked has been answered in full, and more may be asked: the state of the server is known. */
  get idle(): boolean {
    return !this.#last && this.#open.length === 0 && this.#requests.between && this.#answers.between;
  }

  fromClient(chunk: Buffer): void {
    this.#requests.read(chunk);
  }

  fromServer(chunk: Buffer): void {
    this.#answers.read(chunk);
  }

  #request(lines: readonly string[]): Body | undefined {
    const [, method] = lines[0]?.match(/^([A-Z]+) \S+ HTTP\/1\.[01]$/) ?? [];
    if (method === undefined || method === "CONNECT") return undefined;
    this.#open.push(method);
    this.#last ||= closes(lines);
    return bodyOf(lines, { kind: "none" });
  }

  #answer(lines: readonly string[]): Body | undefined {
    const status = Number(lines[0]?.match(/^HTTP\/1\.[01] (\d{3})/)?.[1]);
    const [method] = this.#open;
    // Unasked, unreadable, or from here on another protocol.
    if (method === undefined || !(status >= 100) || status === 101) return undefined;
    this.#interim = status < 200;
    if (this.#interim || status === 204 || status === 304 || method === "HEAD") return { kind: "none" };
    this.#last ||= closes(lines);
    return bodyOf(lines, { kind: "rest" });
  }

  #answered(): void {
    if (!this.#interim) this.#open.shift();
  }
}

/** How far a body reaches: RFC 9112, section 6.3. */
function bodyOf(lines: readonly string[], otherwise: Body): Body | undefined {
  const coding = field(lines, "transfer-encoding");
  if (coding !== undefined) return /(^|[\s,])chunked$/i.test(coding) ? { kind: "chunks" } : { kind: "rest" };
  const length = field(lines, "content-length");
  if (length === undefined) return otherwise;
  return /^\d{1,15}$/.test(length) ? { kind: "bytes", length: Number(length) } : undefined;
}

/** Whether the connection ends with this exchange: RFC 9112, section 9.3. */
function closes(lines: readonly string[]): boolean {
  const connection = field(lines, "connection") ?? "";
  if (/(^|[\s,])close($|[\s,])/i.test(connection)) return true;
  return /^HTTP\/1\.0 |HTTP\/1\.0$/.test(lines[0] ?? "") && !/keep-alive/i.test(connection);
}

/** The value of the last header field of that name (lower case). */
function field(lines: readonly string[], name: string): string | undefined {
  const line = lines.findLast((one, i) => i > 0 && one.slice(0, one.indexOf(":")).toLowerCase() === name);
  return line?.slice(name.length + 1).trim();
}
