/** Is there an MCP server at the address, and does it want a login? */
import { isPlain } from './addresses.js';
import { networkFinding } from './failure.js';
import { type Catalogue, type Checked, type Finding, findingsOf } from './finding.js';
import { type Answer, describeBody, objectOf, redirectOf } from './http.js';
import { type Ask, findLateLogin } from './late-login.js';
import { messageIn } from './read-body.js';
import { discoverRequest, initializeRequest } from './rpc.js';
import { specification } from './specification.js';
import { spell } from './text.js';
import type { Tools } from './tools.js';

const transport = specification.transport;

export const endpointFindings = {
  'endpoint-protected': { level: 'ok', title: 'The server answers, and asks for a login' },
  'endpoint-open': {
    level: 'note',
    title: 'The server answers without a login',
    why: 'It did not ask for a token, so clients will not start a login. There is none to diagnose.',
    cure: 'Nothing, if it is meant to be open. Else answer requests without a token with 401 and a challenge.',
    page: `${specification.discovery}#protected-resource-metadata-discovery-requirements`,
  },
  'endpoint-late': {
    level: 'warning',
    title: 'The server asks for a login, but not at the first request',
    why: 'Clients connect without a login, and meet the 401 later. Those that follow every 401 log in then; others decide when they connect whether there is a login, and show a server that fails or has no tools.',
    cure: 'If every tool needs a login, check the token before anything else, so that initialize and server/discover get the 401 as well. If some tools are open on purpose, this is the price.',
    page: `${specification.discovery}#protected-resource-metadata-discovery-requirements`,
  },
  'endpoint-not-https': {
    level: 'problem',
    title: 'The server is reached over plain http',
    why: 'Tokens would travel in the open, and clients refuse to log in to such a server, except on loopback.',
    cure: 'Put TLS in front of the server, and use its https address everywhere.',
    page: `${specification.security}#communication-security`,
  },
  'endpoint-not-found': {
    level: 'problem',
    title: 'There is no MCP server at this path',
    why: 'The host answers, but not under this path.',
    cure: 'Check the path: most servers are at /mcp. Behind a reverse proxy, check that it passes the path on unchanged.',
    page: transport,
  },
  'endpoint-method': {
    level: 'problem',
    title: 'The path does not take POST requests',
    why: 'MCP clients send every message as a POST (Streamable HTTP).',
    cure: 'Check the path, and that a proxy in front lets POST through. A server of 2024 (HTTP with SSE) has to be updated.',
    page: transport,
  },
  'endpoint-redirect': {
    level: 'problem',
    title: 'The address redirects',
    why: 'A client that follows loses the token when the origin changes, and turns the POST into a GET with many codes; others do not follow at all.',
    cure: 'Let both forms of the address be answered by the server itself, and give people the one that is named in the metadata. Until then, use the address it redirects to.',
    page: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.4',
  },
  'endpoint-web-page': {
    level: 'problem',
    title: 'A web page answers instead of an MCP server',
    why: 'A website, a login page of a proxy, or a catch-all route stands at this path.',
    cure: 'Check the path. If something in front of the server logs people in, take this path, and /.well-known/, out of it: MCP clients log in by OAuth.',
    page: transport,
  },
  'endpoint-failing': {
    level: 'problem',
    title: 'The server fails on a request without a token',
    why: 'Clients start a login on 401 only; this looks to them like an outage.',
    cure: 'Look into the log of the server at this time. Often the check of the token throws where it should refuse.',
    page: 'https://www.rfc-editor.org/rfc/rfc6750#section-3.1',
  },
  'endpoint-gateway': {
    level: 'problem',
    title: 'A gateway answers, because it cannot reach the server',
    why: 'With 502, 503 and 504 a reverse proxy or load balancer says that the server behind it does not run, is overloaded, or is elsewhere.',
    cure: 'Start the server, and compare its address and port with those that the gateway has for it. In a container the server has to listen on 0.0.0.0. The log of the gateway has the reason.',
    page: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.6.3',
  },
  'endpoint-forbidden': {
    level: 'problem',
    title: 'A request without a token gets 403 instead of 401',
    why: 'Clients start a login on 401 only. A 403 comes from a check before the login: of the Host header, of the Origin, of a firewall.',
    cure: 'Let the server know the name that clients use (in a server made by create-mcp-server: PUBLIC_URL), and let a reverse proxy pass the Host header on unchanged. If it is the answer to a missing token, make it a 401 with a challenge.',
    page: 'https://www.rfc-editor.org/rfc/rfc6750#section-3.1',
  },
  'endpoint-status': {
    level: 'problem',
    title: 'A request without a token gets an unexpected answer',
    why: 'Clients start a login on 401 only, and begin to work on a JSON-RPC answer. This is neither.',
    cure: 'Answer a missing token with 401 and a WWW-Authenticate challenge.',
    page: 'https://www.rfc-editor.org/rfc/rfc6750#section-3.1',
  },
} as const satisfies Catalogue;

const find = findingsOf(endpointFindings);

/** The address of the metadata that people mean when they give the address of a server. */
export interface Endpoint {
  readonly url: string;
  /** The answer to a request without a token: if the server is protected, the 401. */
  readonly answer: Answer;
  readonly protected: boolean;
  /** The requests that need a token, if any does: one that is answered shows that the token is good. */
  readonly gated: readonly [Ask, ...Ask[]];
}

/** @returns no value where nothing further can be asked */
export async function checkEndpoint(
  url: string,
  { http }: Tools,
): Promise<Checked<Endpoint | undefined>> {
  const early = isPlain(url) ? [find('endpoint-not-https', { asked: url })] : [];
  // What stops everybody comes first: a redirect to https, or nothing at the plain port.
  const stop = (finding: Finding) => ({ findings: [finding, ...early], value: undefined });
  const answer = await http.ask(initializeRequest(url));
  if (answer.failed !== undefined) return stop(networkFinding(answer, 'the MCP server'));

  const initialize: Ask = (asking) => http.ask(initializeRequest(url, asking));
  const discover: Ask = (asking) => http.ask(discoverRequest(url, asking));
  const gated = [initialize, discover] as const;
  const { status } = answer;
  const seen = { asked: url, status: String(status) };
  if (status === 401) {
    const value = { url, answer, protected: true, gated };
    return { findings: [...early, find('endpoint-protected', { asked: url })], value };
  }
  const target = redirectOf(answer);
  if (target !== undefined) return stop(find('endpoint-redirect', { ...seen, to: target }));
  // An error of the protocol is an answer as well, such as the 404 of a server that does not know
  // initialize any more: it was not the missing token that it minded.
  if (status < 500 && status !== 403 && messageIn(answer.text) !== undefined) {
    const late = await findLateLogin(url, http);
    if (late === undefined) {
      const value = { url, answer, protected: false, gated };
      return { findings: [...early, find('endpoint-open', { asked: url })], value };
    }
    const value = { url, answer: late.answer, protected: true, gated: [late.ask] as const };
    // A server that knows no initialize answers it with an error, and is asked by nobody before.
    const first = late.method === 'server/discover' && messageIn(answer.text)?.result === undefined;
    const finding = first
      ? find('endpoint-protected', { asked: url })
      : find('endpoint-late', { asked: url, open: 'initialize', 'asks for a login': late.method });
    return { findings: [...early, finding], value };
  }
  if (status === 404 || status === 410) {
    return stop(
      find('endpoint-not-found', { ...seen, 'there is one at': await lookElsewhere(url, http) }),
    );
  }
  if (status === 405) return stop(find('endpoint-method', seen));
  if (status === 403) return stop(find('endpoint-forbidden', { ...seen, answer: excerpt(answer) }));
  if (status >= 502 && status <= 504) {
    return stop(find('endpoint-gateway', { ...seen, answer: excerpt(answer) }));
  }
  if (status >= 500) return stop(find('endpoint-failing', { ...seen, answer: excerpt(answer) }));
  if (/text\/html/.test(answer.headers.get('content-type') ?? '')) {
    return stop(find('endpoint-web-page', seen));
  }
  return stop(find('endpoint-status', { ...seen, answer: excerpt(answer) }));
}

/** Where most servers are, if one is there. */
async function lookElsewhere(url: string, http: Tools['http']): Promise<string | undefined> {
  const usual = new URL('/mcp', url).href;
  if (usual === url) return undefined;
  const answer = await http.ask(initializeRequest(usual));
  if (answer.failed !== undefined) return undefined;
  const found = answer.status === 401 || messageIn(answer.text) !== undefined;
  return found ? usual : undefined;
}

function excerpt(answer: Answer): string {
  const { text } = answer;
  const { error_description: description, message, error } = objectOf(answer) ?? {};
  const said = [description, message, error].find((each) => typeof each === 'string');
  if (said !== undefined) return spell(said);
  const readable = text.length > 0 && text.length < 200 && !text.includes('<');
  return readable ? spell(text) : describeBody(answer);
}
