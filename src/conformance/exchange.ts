/** A request that was made, and what came back. */
import type { Answer, Failure } from '../doctor/http.js';
import { messageIn } from '../doctor/read-body.js';
import { clean } from '../doctor/text.js';

/** What is wrong with the credentials of a request, if anything: what it is judged by later. */
export type Credentials = 'none' | 'good' | 'bad-token' | 'bad-header' | 'few-scopes' | 'other';

export interface Exchange {
  /** In words: never the token. */
  readonly what: string;
  readonly credentials: Credentials;
  /** The tokens that were sent. */
  readonly tokens: readonly string[];
  readonly answer: Answer | Failure;
}

/** Whether the server did what was asked: it answered with a result. */
export function isServed({ answer }: Exchange): boolean {
  if (answer.failed !== undefined || answer.status >= 300) return false;
  return messageIn(answer.text)?.result !== undefined;
}

/** 0 if there was no answer. */
export function statusOf({ answer }: Exchange): number {
  return answer.failed === undefined ? answer.status : 0;
}

export function headerOf({ answer }: Exchange, name: string): string | undefined {
  return answer.failed === undefined ? (answer.headers.get(name) ?? undefined) : undefined;
}

/** The answer in words, without what could be a token. */
export function describeAnswer(exchange: Exchange): string {
  const { answer } = exchange;
  if (answer.failed !== undefined) return `no answer: ${answer.failed} (${clean(answer.detail)})`;
  const challenge = headerOf(exchange, 'www-authenticate');
  const parts = [
    `status ${answer.status}`,
    ...(isServed(exchange) ? ['the request was served'] : []),
    ...(challenge === undefined ? [] : [`WWW-Authenticate: ${challenge}`]),
  ];
  return clean(hideTokens(parts.join(', '), exchange));
}

function hideTokens(text: string, { tokens }: Exchange): string {
  return tokens.reduce((shown, token) => shown.replaceAll(token, '[the token]'), text);
}
