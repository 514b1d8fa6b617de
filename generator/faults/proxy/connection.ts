import type { Socket } from "node:net";
import { Lane } from "./lane.ts";
import { type Exchange, type Pipe, releaseAt, UNTOUCHED } from "./shape.ts";

/** What a connection asks of the path it belongs to. */
export interface Path {
  /** Draws the next exchange and counts it. */
  next(): Exchange;
  readonly there: Pipe;
  readonly back: Pipe;
}

/**
 * A client and the instance that serves it. A client chunk after a server chunk starts a new exchange; what is drawn
 * for it holds for all its chunks, in both directions.
 */
export class Connection {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #path: Path;
  readonly #there: Lane;
  readonly #back: Lane;
  #exchange: Exchange | undefined;
  #answered = false;
  #held = false;

  constructor(client: Socket, server: Socket, path: Path) {
    this.#client = client;
    this.#server = server;
    this.#path = path;
    this.#there = new Lane(client, server);
    this.#back = new Lane(server, client);
    client.on("data", (chunk) => this.#fromClient(chunk));
    client.on("end", () => this.#fromClient(undefined));
    client.on("error", () => this.cut());
    client.on("close", () => this.#held && this.cut());
    server.on("data", (chunk) => this.#fromServer(chunk));
    server.on("end", () => this.#fromServer(undefined));
    server.on("error", () => this.#held || this.cut());
    client.resume();
  }

  get held(): boolean {
    return this.#held;
  }

  /** The next chunk draws anew, so that a new shape reaches exchanges under way. */
  redraw(): void {
    this.#exchange = undefined;
  }

  /** Back to plain passing: what waits leaves now; a connection whose bytes were withheld cannot be mended. */
  release(): void {
    if (this.#held) {
      this.cut();
      return;
    }
    this.#exchange = UNTOUCHED;
    this.#there.flush();
    this.#back.flush();
  }

  /** Ends both sides with a reset. */
  cut(): void {
    this.#there.stop();
    this.#back.stop();
    for (const side of [this.#client, this.#server]) if (!side.destroyed) side.resetAndDestroy();
  }

  #fromClient(chunk: Buffer | undefined): void {
    if (chunk !== undefined && (this.#exchange === undefined || this.#answered)) this.#begin();
    if (this.#held && chunk === undefined) this.cut();
    this.#answered = false;
    this.#pass(this.#there, this.#path.there, chunk);
  }

  #fromServer(chunk: Buffer | undefined): void {
    if (chunk !== undefined && this.#exchange === undefined) this.#begin();
    this.#answered = true;
    this.#pass(this.#back, this.#path.back, chunk);
  }

  #begin(): void {
    if (this.#held) return;
    this.#exchange = this.#path.next();
    if (this.#exchange.fate === "hold") this.#held = true;
    if (this.#exchange.fate === "reset") this.cut();
  }

  #pass(lane: Lane, pipe: Pipe, chunk: Buffer | undefined): void {
    if (this.#held || this.#client.destroyed) return;
    const now = performance.now();
    const exchange = this.#exchange ?? UNTOUCHED;
    lane.send(chunk, releaseAt(now, chunk?.length ?? 0, exchange, lane.ahead, pipe), now);
  }
}
