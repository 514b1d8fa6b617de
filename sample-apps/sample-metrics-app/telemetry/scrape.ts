import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** Upper bounds of the durations, in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
const PER_REQUEST = ["method", "route", "status"] as const;

/** A request that has been answered. */
export interface Answered {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** What `/metrics` shows, in the text format of Prometheus. */
export class Scrape {
  readonly #registry = new Registry();
  readonly #requests = this.#counter("http_requests_total", "HTTP requests answered.", PER_REQUEST);
  readonly #priced = this.#counter("quotes_priced_total", "Quotes made.", []);
  readonly #lookups = this.#counter("rates_cache_requests_total", "Look-ups in the cache of rates.", ["result"]);
  readonly #durations = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time from a request's headers to the end of its answer, in seconds.",
    labelNames: PER_REQUEST,
    buckets: BUCKETS,
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
    for (const result of ["hit", "miss"]) this.#lookups.inc({ result }, 0);
  }

  answered({ method, route, status, seconds }: Answered): void {
    const labels = { method, route, status: String(status) };
    this.#requests.inc(labels);
    this.#durations.observe(labels, seconds);
  }

  priced(): void {
    this.#priced.inc();
  }

  lookedUp(result: "hit" | "miss"): void {
    this.#lookups.inc({ result });
  }

  /** The media type of the text. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #counter<const Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.#registry] });
  }
}
