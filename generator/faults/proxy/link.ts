import { createServer, type Server, type Socket } from "node:net";
import { Connection, type Path } from "./connection.ts";
import { type Backend, dial, LOOPBACK } from "./dial.ts";
import { draw, type Exchange, type Pipe, type Shape } from "./shape.ts";

/** What a path has done and does; counts since the start, `shaped` since the present shape was set. */
export interface LinkStats {
  readonly exchanges: number;
  readonly shaped: number;
  readonly connections: number;
  readonly held: number;
  /** Connections that still need an instance to which the path no longer leads. */
  readonly leaving: number;
  readonly upstreams: readonly number[];
  /** Whose shape is in force. */
  readonly token?: string;
  readonly shape?: Shape;
  readonly expiresInMs?: number;
}

interface InForce {
  readonly shape: Shape;
  readonly token: string;
  readonly expiresAt: number;
  readonly timer: NodeJS.Timeout;
}

/** One network path: a loopback port in front of the instances of one callee. */
export class Link implements Path {
  readonly there: Pipe = { freeAt: 0 };
  readonly back: Pipe = { freeAt: 0 };
  moves = 0;
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  #upstreams: readonly number[];
  #turn = 0;
  #inForce: InForce | undefined;
  #exchanges = 0;
  #shaped = 0;

  constructor(upstreams: readonly number[]) {
    this.#upstreams = upstreams;
    this.#server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (client) =>
      this.#accept(client),
    );
  }

  /** Resolves with the port; rejects with the code EADDRINUSE when it is taken. */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen({ host: LOOPBACK, port, backlog: 1024 }, () => {
        const address = this.#server.address();
        resolve(typeof address === "object" && address !== null ? address.port : port);
      });
    });
  }

  /** New connections go to these, in turn; open ones leave other instances between two exchanges. */
  route(upstreams: readonly number[]): void {
    const old = new Set(this.#upstreams);
    this.#upstreams = upstreams;
    if (old.size === upstreams.length && upstreams.every((port) => old.has(port))) return;
    this.moves += 1;
    for (const connection of this.#connections) connection.relocate();
  }

  leadsTo(port: number): boolean {
    // A path that leads nowhere has nothing better to offer.
    return this.#upstreams.length === 0 || this.#upstreams.includes(port);
  }

  /** Holds for open connections too; false when somebody else's shape is in force. */
  shape(shape: Shape, ttlMs: number, token: string): boolean {
    const old = this.#inForce;
    if (old !== undefined && old.token !== token) return false;
    clearTimeout(old?.timer);
    if (old === undefined) this.#shaped = 0;
    const timer = setTimeout(() => this.clear(token), ttlMs);
    this.#inForce = { shape, token, expiresAt: performance.now() + ttlMs, timer };
    for (const connection of this.#connections) connection.redraw();
    return true;
  }

  /** False when there was nothing to take away; without a token, whoever set it. */
  clear(token?: string): boolean {
    const old = this.#inForce;
    if (old === undefined || (token !== undefined && old.token !== token)) return false;
    clearTimeout(old.timer);
    this.#inForce = undefined;
    this.#shaped = 0;
    this.there.freeAt = 0;
    this.back.freeAt = 0;
    for (const connection of this.#connections) connection.release();
    return true;
  }

  next(): Exchange {
    const exchange = draw(this.#inForce?.shape, Math.random);
    this.#exchanges++;
    if (exchange.shaped) this.#shaped++;
    return exchange;
  }

  stats(): LinkStats {
    const now = this.#inForce;
    const connections = [...this.#connections];
    return {
      exchanges: this.#exchanges,
      shaped: this.#shaped,
      connections: connections.length,
      held: connections.filter((connection) => connection.held).length,
      leaving: connections.filter((connection) => connection.leaving).length,
      upstreams: this.#upstreams,
      ...(now === undefined
        ? {}
        : { token: now.token, shape: now.shape, expiresInMs: Math.max(0, now.expiresAt - performance.now()) }),
    };
  }

  /** By turn; an instance that refuses is passed over. */
  open(done: (backend: Backend | undefined) => void): () => void {
    const first = this.#turn++ % Math.max(1, this.#upstreams.length);
    return dial([...this.#upstreams.slice(first), ...this.#upstreams.slice(0, first)], done);
  }

  /** Only if all instances refuse is the client cut. */
  #accept(client: Socket): void {
    let giveUp = (): void => undefined;
    const lost = (): void => giveUp();
    client.once("error", lost);
    giveUp = this.open((backend) => {
      if (backend === undefined) {
        client.resetAndDestroy();
      } else if (client.destroyed) {
        backend.socket.destroy();
      } else {
        client.off("error", lost);
        const connection = new Connection(client, backend, this);
        this.#connections.add(connection);
        client.once("close", () => this.#connections.delete(connection));
      }
    });
  }
}
