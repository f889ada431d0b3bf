/** Servers that answer the first request of a client openly, and ask for the login at a later one. */
import type { Answer, Failure, Http } from './http.js';
import { messageIn } from './read-body.js';
import {
  type Asking,
  discoverRequest,
  initializedNotification,
  initializeRequest,
  legacyRequest,
  legacyRevision,
  type Message,
  modernRequest,
} from './rpc.js';

/** Makes a request of MCP, and what has to come before it. */
export type Ask = (asking?: Asking) => Promise<Answer | Failure>;

export interface LateLogin {
  /** The method that was refused. */
  readonly method: string;
  /** The 401. */
  readonly answer: Answer;
  /** Makes that request again. */
  readonly ask: Ask;
}

/**
 * The tool is one that no server has: a check that comes before it is looked up is seen, and nothing
 * is done. Real tools are never called, because nobody knows what they do.
 */
const messages: readonly Message[] = [
  { method: 'tools/list', params: {} },
  { method: 'tools/call', params: { name: 'create-mcp-server-doctor', arguments: {} } },
];

/** @returns the first request of a client that is refused without a token, if there is one */
export async function findLateLogin(url: string, http: Http): Promise<LateLogin | undefined> {
  const attempts: readonly { method: string; ask: Ask }[] = [
    { method: 'server/discover', ask: (asking) => http.ask(discoverRequest(url, asking)) },
    ...messages.flatMap((message) => [
      {
        method: message.method,
        ask: (asking?: Asking) => askInSession(url, message, asking, http),
      },
      {
        method: message.method,
        ask: (asking?: Asking) => http.ask(modernRequest(url, message, asking)),
      },
    ]),
  ];
  const answers = await Promise.all(attempts.map(({ ask }) => ask()));
  for (const [index, attempt] of attempts.entries()) {
    const answer = answers[index];
    if (answer?.failed === undefined && answer?.status === 401) return { ...attempt, answer };
  }
  return undefined;
}

/** A request of 2025: after the handshake, in its session if the server keeps any. */
async function askInSession(
  url: string,
  message: Message,
  asking: Asking | undefined,
  http: Http,
): Promise<Answer | Failure> {
  const answer = await http.ask(initializeRequest(url, asking));
  const result = answer.failed === undefined ? messageIn(answer.text)?.result : undefined;
  if (answer.failed !== undefined || result === undefined) return answer;
  const { protocolVersion: revision } = { ...(result as { protocolVersion?: unknown }) };
  const id = answer.headers.get('mcp-session-id');
  const session = {
    revision: typeof revision === 'string' ? revision : legacyRevision,
    ...(id !== null && { id }),
  };
  const ready = await http.ask(initializedNotification(url, session, asking));
  if (ready.failed === undefined && ready.status === 401) return ready;
  return http.ask(legacyRequest(url, message, session, asking));
}
