import { once } from "node:events";
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** How long a connection may be idle, in milliseconds: longer than callers keep theirs. */
const IDLE_MS = 120_000;
/** How long the headers of a request may take, in milliseconds. */
const HEADERS_MS = 10_000;
/** How often the requests under way are looked at while the last ones end, in milliseconds. */
const LOOK_MS = 50;

/** The server for users and machines. */
export class Listener {
  readonly #server: Server;
  readonly #open = new Set<ServerResponse>();
  #ending = false;

  private constructor(handler: RequestListener) {
    this.#server = createServer({ keepAliveTimeout: IDLE_MS, headersTimeout: HEADERS_MS });
    this.#server.on("request", (_request, response) => this.#follow(response));
    this.#server.on("request", handler);
  }

  /** Listens at an address. Rejects when it cannot. */
  static async listen(handler: RequestListener, host: string, port: number): Promise<Listener> {
    const listener = new Listener(handler);
    listener.#server.listen(port, host);
    await once(listener.#server, "listening");
    return listener;
  }

  /** Takes no more connections and waits for the requests under way, at most so many milliseconds. */
  async drain(limitMs: number): Promise<void> {
    this.#ending = true;
    for (const response of this.#open) if (!response.headersSent) response.setHeader("connection", "close");
    this.#server.close();
    const until = performance.now() + limitMs;
    do await sleep(LOOK_MS);
    while (this.#open.size > 0 && performance.now() < until);
    this.#server.closeAllConnections();
  }

  #follow(response: ServerResponse): void {
    if (this.#ending) response.setHeader("connection", "close");
    this.#open.add(response);
    response.once("close", () => this.#open.delete(response));
  }
}
