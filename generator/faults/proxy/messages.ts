/** What follows the head of an HTTP/1 message. */
export type Body =
  | { readonly kind: "none" }
  | { readonly kind: "bytes"; readonly length: number }
  | { readonly kind: "chunks" }
  /** Everything until the sender closes. */
  | { readonly kind: "rest" };

/** Told of what a direction carries. */
export interface Listener {
  /** A head has come, its first line first. Undefined for what is no HTTP/1 message: nothing more is read then. */
  head(lines: readonly string[]): Body | undefined;
  /** The message is complete. */
  end(): void;
}

const LF = 10;
const LONGEST_HEAD = 64 * 1024;

/** Reads one direction of an HTTP/1 connection, in chunks of any size, no further than to know where messages end. */
export class Messages {
  readonly #listener: Listener;
  /** `lost`: not HTTP/1, or no longer. */
  #part: "head" | "bytes" | "chunk" | "size" | "trailer" | "rest" | "lost" = "head";
  #line = "";
  #lines: string[] = [];
  /** Characters of the head so far, the unfinished line left out. */
  #size = 0;
  /** Bytes that end the present body or chunk. */
  #left = 0;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  /** Before the first message, or after a complete one. */
  get between(): boolean {
    return this.#part === "head" && this.#lines.length === 0 && this.#line === "";
  }

  read(chunk: Buffer): void {
    if (this.between && !beginsMessage(chunk)) this.#part = "lost";
    let at = 0;
    while (at < chunk.length && this.#part !== "lost" && this.#part !== "rest")
      at = this.#left > 0 ? this.#skip(chunk, at) : this.#readLine(chunk, at);
  }

  #skip(chunk: Buffer, at: number): number {
    const taken = Math.min(this.#left, chunk.length - at);
    this.#left -= taken;
    if (this.#left === 0) {
      if (this.#part === "chunk") this.#part = "size";
      else this.#finish();
    }
    return at + taken;
  }

  #readLine(chunk: Buffer, at: number): number {
    const end = chunk.indexOf(LF, at);
    this.#line += chunk.toString("latin1", at, end < 0 ? chunk.length : end);
    if (this.#size + this.#line.length > LONGEST_HEAD) this.#part = "lost";
    if (end < 0) return chunk.length;
    const line = this.#line.endsWith("\r") ? this.#line.slice(0, -1) : this.#line;
    this.#line = "";
    this.#take(line);
    return end + 1;
  }

  #take(line: string): void {
    if (this.#part === "size") {
      this.#measure(line);
    } else if (this.#part === "trailer") {
      if (line === "") this.#finish();
    } else if (line !== "") {
      this.#lines.push(line);
      this.#size += line.length;
    } else if (this.#lines.length > 0) {
      const lines = this.#lines;
      this.#lines = [];
      this.#size = 0;
      this.#begin(this.#listener.head(lines));
    }
  }

  #begin(body: Body | undefined): void {
    if (body === undefined) this.#part = "lost";
    else if (body.kind === "chunks") this.#part = "size";
    else if (body.kind === "rest") this.#part = "rest";
    else if (body.kind === "none" || body.length === 0) this.#finish();
    else {
      this.#part = "bytes";
      this.#left = body.length;
    }
  }

  #measure(line: string): void {
    const size = Number.parseInt(line, 16);
    if (!(size >= 0)) {
      this.#part = "lost";
    } else if (size === 0) {
      this.#part = "trailer";
    } else {
      this.#part = "chunk";
      this.#left = size + 2; // the line end that follows the data
    }
  }

  #finish(): void {
    this.#part = "head";
    this.#listener.end();
  }
}

/** Every method and every answer begins with a capital letter; a line end may come before. */
function beginsMessage(chunk: Buffer): boolean {
  const [first = 0] = chunk;
  return (first >= 65 && first <= 90) || first === LF || first === 13;
}
