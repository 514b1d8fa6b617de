import type { Socket } from "node:net";
import { Conversation } from "./conversation.ts";
import type { Backend } from "./dial.ts";
import { Lane } from "./lane.ts";
import { type Exchange, type Pipe, releaseAt, UNTOUCHED } from "./shape.ts";

/** What a connection asks of the path it belongs to. */
export interface Path {
  /** Draws the next exchange and counts it. */
  next(): Exchange;
  readonly there: Pipe;
  readonly back: Pipe;
  /** How often the path has been led elsewhere. */
  readonly moves: number;
  /** Whether the path leads to the instance on this port. */
  leadsTo(port: number): boolean;
  /** Connects to an instance, or gives undefined when all refuse; returns what gives it up. */
  open(done: (backend: Backend | undefined) => void): () => void;
}

/**
 * A client and the instance that serves it. A client chunk after a server chunk starts a new exchange; what is drawn
 * for it holds for all its chunks, in both directions. When the path is led elsewhere, the instance is left as soon as
 * no request is under way, and the next request finds another one; the client notices nothing. Only HTTP/1 can be moved
 * so: of every other protocol, and of a path that never moved, a server's close is the client's.
 */
export class Connection {
  readonly #client: Socket;
  readonly #path: Path;
  readonly #there: Lane;
  readonly #back: Lane;
  readonly #talk = new Conversation();
  readonly #movesBefore: number;
  /** Undefined between two exchanges, after the instance of the last one was left. */
  #backend: Backend | undefined;
  /** Chunks for an instance that is being connected to, and what gives that up. */
  #dialling: { readonly chunks: Buffer[]; giveUp(): void } | undefined;
  #exchange: Exchange | undefined;
  #answered = false;
  #held = false;
  #clientEnded = false;

  constructor(client: Socket, backend: Backend, path: Path) {
    this.#client = client;
    this.#path = path;
    this.#movesBefore = path.moves;
    this.#there = new Lane(client, backend.socket);
    this.#back = new Lane(backend.socket, client);
    client.on("data", (chunk) => this.#fromClient(chunk));
    client.on("end", () => this.#endOfClient());
    client.on("error", () => this.cut());
    client.on("close", () => (this.#held || this.#backend === undefined) && this.cut());
    this.#listenTo(backend);
    client.resume();
    this.relocate();
  }

  get held(): boolean {
    return this.#held;
  }

  /** Whether it still needs an instance that the path no longer leads to. */
  get leaving(): boolean {
    return this.#backend !== undefined && !this.#held && !this.#path.leadsTo(this.#backend.port);
  }

  /** The next chunk draws anew, so that a new shape reaches exchanges under way. */
  redraw(): void {
    this.#exchange = undefined;
  }

  /** Leaves an instance that the path no longer leads to, unless it has something to answer. */
  relocate(): void {
    if (this.leaving && this.#idle) this.#leave();
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
    this.#dialling?.giveUp();
    this.#there.stop();
    this.#back.stop();
    for (const side of [this.#client, this.#backend?.socket]) if (side?.destroyed === false) side.resetAndDestroy();
  }

  get #idle(): boolean {
    return !this.#held && !this.#clientEnded && this.#dialling === undefined && this.#talk.idle;
  }

  #listenTo(backend: Backend): void {
    this.#backend = backend;
    const present = (): boolean => this.#backend === backend;
    backend.socket.on("data", (chunk) => present() && this.#fromServer(chunk));
    backend.socket.on("end", () => present() && this.#endOfServer());
    backend.socket.on("error", () => present() && this.#lossOfServer());
  }

  #fromClient(chunk: Buffer): void {
    if (this.#exchange === undefined || this.#answered) this.#begin();
    this.#answered = false;
    if (this.#held || this.#client.destroyed) return;
    this.#talk.fromClient(chunk);
    if (this.#backend === undefined) this.#find(chunk);
    else this.#pass(this.#there, this.#path.there, chunk);
  }

  #fromServer(chunk: Buffer): void {
    if (this.#exchange === undefined) this.#begin();
    this.#answered = true;
    this.#talk.fromServer(chunk);
    this.#pass(this.#back, this.#path.back, chunk);
    this.relocate();
  }

  #endOfClient(): void {
    this.#clientEnded = true;
    if (this.#held) this.cut();
    else if (this.#backend !== undefined) this.#pass(this.#there, this.#path.there, undefined);
    else if (this.#dialling === undefined) this.#pass(this.#back, this.#path.back, undefined);
  }

  #endOfServer(): void {
    this.#answered = true;
    if (this.#outlives) this.#leave();
    else this.#pass(this.#back, this.#path.back, undefined);
  }

  #lossOfServer(): void {
    if (this.#outlives) this.#leave();
    else if (!this.#held) this.cut();
  }

  /** Whether the client can do without the instance that has just closed. */
  get #outlives(): boolean {
    return this.#path.moves !== this.#movesBefore && this.#idle;
  }

  #leave(): void {
    this.#backend?.socket.destroy();
    this.#backend = undefined;
    this.#client.resume();
  }

  /** Connects to an instance for the exchange that begins with this chunk. */
  #find(chunk: Buffer): void {
    this.#client.pause();
    if (this.#dialling !== undefined) {
      this.#dialling.chunks.push(chunk);
      return;
    }
    const dialling = { chunks: [chunk], giveUp: (): void => undefined };
    this.#dialling = dialling;
    dialling.giveUp = this.#path.open((backend) => this.#found(backend, dialling.chunks));
  }

  #found(backend: Backend | undefined, chunks: readonly Buffer[]): void {
    this.#dialling = undefined;
    if (backend === undefined || this.#held) {
      backend?.socket.destroy();
      if (!this.#held) this.cut();
      return;
    }
    this.#there.into(backend.socket);
    this.#back.from(backend.socket);
    this.#listenTo(backend);
    for (const chunk of chunks) this.#pass(this.#there, this.#path.there, chunk);
    if (this.#clientEnded) this.#pass(this.#there, this.#path.there, undefined);
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
