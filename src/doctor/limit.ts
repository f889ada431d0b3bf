/** Gives work a limit in time. */

/**
 * Runs `work` until `milliseconds` have passed, or until `person` is aborted; `limit`, which it is given,
 * is aborted then, and when it has ended. Not `AbortSignal.any` of `AbortSignal.timeout`: under Node 20
 * the garbage collector takes such a signal away before it fires.
 *
 * @throws TimeoutError, what `person` was aborted with, or what the work fails with
 */
export async function within<T>(
  milliseconds: number,
  person: AbortSignal,
  work: (limit: AbortSignal) => Promise<T>,
): Promise<T> {
  person.throwIfAborted();
  const limit = new AbortController();
  const stop = () => limit.abort(person.reason);
  const timer = setTimeout(() => {
    limit.abort(new DOMException('The limit is over', 'TimeoutError'));
  }, milliseconds);
  person.addEventListener('abort', stop, { once: true });
  const over = new Promise<never>((_, reject) => {
    limit.signal.addEventListener('abort', () => reject(limit.signal.reason), { once: true });
  });
  try {
    return await Promise.race([work(limit.signal), over]);
  } finally {
    clearTimeout(timer);
    person.removeEventListener('abort', stop);
    // What is still open belongs to nobody.
    limit.abort();
  }
}
