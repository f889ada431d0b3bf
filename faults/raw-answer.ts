/** What comes back for bytes, and whether that is a refusal. */
import { connect } from 'node:net';
import type { MalformedRequest } from './malformed-requests.js';

interface RawAnswer {
  /** Of the first answer; nothing when the connection was closed without one. */
  status?: number | undefined;
  text: string;
}

/** How long a server may think about it, in milliseconds. */
const patience = 20_000;

/** What may stay without an answer: it is no request, or not all of one. */
const unanswered = ['no HTTP', 'chunks', 'header', 'length'];
/** How long such a one is waited for before the client goes, in milliseconds. */
const hesitation = 100;

/** Sends bytes and nothing more. @throws when the server neither answers nor hangs up */
export function send(port: number, { kind, bytes }: MalformedRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const hangUp = () => socket.end();
    const leaving = unanswered.includes(kind) ? setTimeout(hangUp, hesitation) : undefined;
    const finish = () => {
      clearTimeout(timer);
      clearTimeout(leaving);
      const [, status] =
        /^HTTP\/1\.1 (\d{3}) /.exec(text.replace(/^HTTP\/1\.1 100 .*\r\n\r\n/, '')) ?? [];
      resolve({ status: status === undefined ? undefined : Number(status), text });
    };
    const timer = setTimeout(() => {
      socket.destroy();
      reject(
        new Error(
          `There was no end after ${patience} ms, but ${JSON.stringify(text.slice(0, 200))}`,
        ),
      );
    }, patience);
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      text += chunk;
    });
    // A server that has read enough resets the connection while the rest is being sent.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNREFUSED') return finish();
      clearTimeout(timer);
      reject(new Error('Nobody listens there any more'));
    });
    socket.on('close', finish);
  });
}

/** @returns what is wrong with the answer, if anything is */
export function findFault(
  { kind }: MalformedRequest,
  { status, text }: RawAnswer,
): string | undefined {
  if (status === undefined) return unanswered.includes(kind) ? undefined : 'no answer';
  if (status >= 400 && status < 500) return undefined;
  // JSON-RPC says nothing at all about notifications, and what is wrong in an answer of its own.
  if (status === 202 && kind === 'message') return undefined;
  if (status === 200 && kind !== 'token' && /"error":|"isError":true/.test(text)) return undefined;
  return `status ${status}`;
}
