import { Client, type Dispatcher } from "undici";
import type { Millis } from "../targets/target.ts";
import { type FailureKind, failureOf } from "./outcome.ts";
import type { Request } from "./routes.ts";

/** Times are `performance.now()` of this process. */
export type Ending =
  | {
      readonly kind: "answered";
      readonly sent: Millis;
      readonly done: Millis;
      readonly status: number;
      readonly valid: boolean;
    }
  | { readonly kind: "failed"; readonly sent: Millis; readonly done: Millis; readonly why: FailureKind };

/** One socket each, no pipelining; free ones wait in line, so that load spreads over all of them. */
export class Connections {
  readonly #origin: string;
  readonly #limit: number;
  readonly #free: Client[] = [];
  readonly #all = new Set<Client>();

  constructor(origin: string, limit: number) {
    this.#origin = origin;
    this.#limit = limit;
  }

  /** Sends one request; false if no socket may be opened for it. The deadline counts from sent and is ours. */
  send(request: Request, headers: Record<string, string>, timeout: Millis, ended: (how: Ending) => void): boolean {
    const client = this.#free.shift() ?? this.#open();
    if (!client) return false;
    const body = request.body === undefined ? null : JSON.stringify(request.body);
    const exchange = new Exchange(timeout, (how) => {
      this.#free.push(client);
      ended(how);
    });
    const { method, path } = request;
    const type = body === null ? {} : { "content-type": "application/json" };
    client.dispatch({ method, path, body, headers: { ...headers, ...type } }, exchange);
    return true;
  }
  async close(): Promise<void> {
    await Promise.allSettled([...this.#all].map((client) => client.destroy()));
  }
  #open(): Client | undefined {
    if (this.#all.size >= this.#limit) return undefined;
    const client = new Client(this.#origin, { pipelining: 1, allowH2: false, headersTimeout: 0, bodyTimeout: 0 });
    this.#all.add(client);
    return client;
  }
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #ended: (how: Ending) => void;
  readonly #deadline: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | undefined;
  #sent = performance.now();
  #status = 0;
  #bytes = 0;
  #late = false;
  #over = false;

  constructor(timeout: Millis, ended: (how: Ending) => void) {
    this.#ended = ended;
    this.#deadline = setTimeout(() => this.#expire(), timeout);
  }
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    this.#sent = Math.max(this.#sent, performance.now());
    if (this.#late) controller.abort(new Error("deadline"));
  }
  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }
  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
  }
  onResponseEnd(): void {
    const valid = this.#status >= 400 || this.#bytes > 0;
    this.#finish({ kind: "answered", sent: this.#sent, done: performance.now(), status: this.#status, valid });
  }
  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#finish({ kind: "failed", sent: this.#sent, done: performance.now(), why: failureOf(error) });
  }
  #expire(): void {
    this.#late = true;
    this.#finish({ kind: "failed", sent: this.#sent, done: performance.now(), why: "timeout" });
    this.#controller?.abort(new Error("deadline"));
  }
  #finish(how: Ending): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#deadline);
    this.#ended(how);
  }
}
