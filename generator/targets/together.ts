/** Runs the tasks side by side. The first failure aborts the others; it is thrown when all have come to an end. */
export async function together<T>(
  tasks: readonly ((signal: AbortSignal) => Promise<T>)[],
  signal: AbortSignal,
): Promise<readonly T[]> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  let first: { readonly error: unknown } | undefined;
  const settled = await Promise.allSettled(
    tasks.map(async (task) => {
      try {
        return await task(either);
      } catch (error) {
        first ??= { error };
        failed.abort(error);
        throw error;
      }
    }),
  );
  if (first !== undefined) throw first.error;
  return settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}
