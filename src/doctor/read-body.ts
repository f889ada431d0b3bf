/** Reads what a stranger sends, up to a limit. */

/** The most that is read, in bytes: everything worth reading here is a small document. */
const largest = 1024 ** 2;

export class TooLarge extends Error {
  constructor() {
    super(`over ${largest} bytes`);
  }
}

/**
 * The body as text. An event stream is read up to its first JSON-RPC answer: servers may keep it open.
 *
 * @throws TooLarge, and what the connection fails with
 */
export async function readBody(response: Response, signal: AbortSignal): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const stream = response.headers.get('content-type')?.includes('text/event-stream') ?? false;
  const decoder = new TextDecoder();
  const aborted = new Promise<never>((_, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
  });
  aborted.catch(() => {});
  let text = '';
  try {
    for (let size = 0, looked = 0; ; ) {
      const { done, value } = await Promise.race([reader.read(), aborted]);
      if (done) return text + decoder.decode();
      size += value.length;
      if (size > largest) throw new TooLarge();
      text += decoder.decode(value, { stream: true });
      if (!stream) continue;
      // Only whole events that were not looked at yet: however slowly they come, each is read once.
      const end = Math.max(text.lastIndexOf('\n\n'), text.lastIndexOf('\r\n\r\n'));
      if (end <= looked) continue;
      if (messageIn(text.slice(looked, end)) !== undefined) return text.slice(0, end + 2);
      looked = end;
    }
  } finally {
    void reader.cancel().catch(() => {});
  }
}

/** A JSON-RPC answer. */
export interface RpcMessage {
  readonly result?: unknown;
  readonly error?: unknown;
}

/** The first JSON-RPC answer in a body, be it JSON or an event stream. */
export function messageIn(text: string): RpcMessage | undefined {
  for (const candidate of [text, ...dataOf(text)]) {
    try {
      const value: unknown = JSON.parse(candidate);
      if (typeof value !== 'object' || value === null) continue;
      if ('jsonrpc' in value && ('result' in value || 'error' in value)) return value;
    } catch {
      // Not this one.
    }
  }
  return undefined;
}

/** The data of each event (HTML, Server-sent events). */
function dataOf(text: string): string[] {
  return text.split(/\r?\n\r?\n/).flatMap((event) => {
    const lines = event.split(/\r?\n/).filter((line) => line.startsWith('data:'));
    return lines.length === 0 ? [] : [lines.map((line) => line.slice(5)).join('\n')];
  });
}
