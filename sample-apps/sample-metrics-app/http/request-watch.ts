import type { ServerResponse } from "node:http";
import { type Meter, metrics, type UpDownCounter } from "@opentelemetry/api";
import type { Answered } from "../telemetry/scrape.ts";

/** The status of a request whose sender left before the answer; nobody reads it. */
const SENDER_GONE = 499;
/** Stands for the route of a request that has none. */
const NO_ROUTE = "none";

/** Counts requests while and after they are answered. */
export class RequestWatch {
  readonly #answered: (one: Answered) => void;
  readonly #active: UpDownCounter;

  constructor(answered: (one: Answered) => void, meter: Meter = metrics.getMeter("quotes")) {
    this.#answered = answered;
    this.#active = meter.createUpDownCounter("http.server.active_requests", {
      unit: "{request}",
      description: "Number of active HTTP server requests.",
    });
  }

  /** Follows one request to its end. */
  follow(response: ServerResponse, method: string, route: string | undefined): void {
    const started = performance.now();
    const attributes = { "http.request.method": method, "url.scheme": "http" };
    this.#active.add(1, attributes);
    // Before the listeners of the instrumentation, so that it sees the status.
    response.prependOnceListener("close", () => {
      if (!response.headersSent) response.statusCode = SENDER_GONE;
      this.#active.add(-1, attributes);
      const seconds = (performance.now() - started) / 1000;
      this.#answered({ method, route: route ?? NO_ROUTE, status: response.statusCode, seconds });
    });
  }
}
