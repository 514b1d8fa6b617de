/**
 * Does the same with each, `atOnce` of them at a time, and hands over the results in the order of the list, whichever is
 * ready first. When one fails, or nobody wants more, `stop` is aborted for the others.
 */
export async function* inOrder<T, R>(
  list: readonly T[],
  atOnce: number,
  signal: AbortSignal,
  work: (one: T, stop: AbortSignal) => Promise<R>,
): AsyncGenerator<R> {
  const ending = new AbortController();
  const stop = AbortSignal.any([signal, ending.signal]);
  const running: Promise<R>[] = [];
  const rest = list[Symbol.iterator]();
  const begin = (): void => {
    const next = rest.next();
    if (next.done) return;
    const result = work(next.value, stop);
    // It may fail before its turn comes to be waited for.
    result.catch(() => undefined);
    running.push(result);
  };
  try {
    for (let i = 0; i < atOnce; i++) begin();
    for (let first = running.shift(); first; first = running.shift()) {
      signal.throwIfAborted();
      const result = await first;
      begin();
      yield result;
    }
  } finally {
    ending.abort();
    await Promise.allSettled(running);
  }
}
