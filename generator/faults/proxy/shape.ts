import * as z from "zod";

/** Longest life of a shape: a harness and a reaper that are both dead must not leave a path broken. */
export const LONGEST_TTL = 30 * 60_000;

/** What a path does to the exchanges that cross it; milliseconds, bytes a second, shares in [0, 1]. */
export const Shape = z.strictObject({
  /** Added to each exchange, half on the way there and half on the way back. */
  delay: z.number().min(0).max(60_000).optional(),
  /** The delay is uniform in `delay ± jitter`, drawn once for each exchange. */
  jitter: z.number().min(0).max(60_000).optional(),
  bandwidth: z.number().positive().optional(),
  /** Accepts connections and passes nothing. */
  blackhole: z.boolean().optional(),
  /** Cuts the connection when an exchange starts. */
  reset: z.boolean().optional(),
  /** Share of exchanges that are touched; 1 unless said. */
  share: z.number().min(0).max(1).optional(),
});
export type Shape = z.infer<typeof Shape>;

/** What was drawn for one request and its answer. */
export interface Exchange {
  readonly shaped: boolean;
  readonly fate: "pass" | "hold" | "reset";
  /** Milliseconds, in each direction. */
  readonly oneWay: number;
  readonly bandwidth?: number;
}

export const UNTOUCHED: Exchange = { shaped: false, fate: "pass", oneWay: 0 };

/** Draws one exchange; `random` is uniform in [0, 1). */
export function draw(shape: Shape | undefined, random: () => number): Exchange {
  if (shape === undefined || random() >= (shape.share ?? 1)) return UNTOUCHED;
  const { delay = 0, jitter = 0, bandwidth } = shape;
  const total = Math.max(0, delay + (2 * random() - 1) * jitter);
  return {
    shaped: shape.blackhole === true || shape.reset === true || total > 0 || bandwidth !== undefined,
    fate: shape.blackhole === true ? "hold" : shape.reset === true ? "reset" : "pass",
    oneWay: total / 2,
    ...(bandwidth === undefined ? {} : { bandwidth }),
  };
}

/** The capacity of one direction of a path, shared by its connections. */
export interface Pipe {
  freeAt: number;
}

/**
 * When a chunk may leave: its arrival plus the delay, never before the chunk ahead of it. Waiting out a delay chunk by
 * chunk instead would multiply it by the number of chunks. With a bandwidth, the pipe takes one chunk after the other.
 */
export function releaseAt(now: number, bytes: number, exchange: Exchange, ahead: number, pipe: Pipe): number {
  const due = Math.max(now + exchange.oneWay, ahead);
  if (exchange.bandwidth === undefined) return due;
  pipe.freeAt = Math.max(due, pipe.freeAt) + (bytes / exchange.bandwidth) * 1000;
  return pipe.freeAt;
}
