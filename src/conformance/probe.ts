/** The request that cases send: one that needs a token. */
import type { Question } from '../doctor/http.js';
import {
  type Asking,
  discoverRequest,
  initializeRequest,
  legacyRequest,
  legacyRevision,
  type Message,
  modernRequest,
} from '../doctor/rpc.js';

export interface Probe {
  readonly name: string;
  readonly question: (url: string, asking: Asking) => Question;
}

const list: Message = { method: 'tools/list', params: {} };

/** In the order in which they are tried; the later ones are for servers that ask for a login late. */
export const probes: readonly Probe[] = [
  { name: 'initialize', question: initializeRequest },
  { name: 'server/discover', question: discoverRequest },
  { name: 'tools/list (2026-07-28)', question: (url, asking) => modernRequest(url, list, asking) },
  {
    name: 'tools/list (2025)',
    question: (url, asking) => legacyRequest(url, list, { revision: legacyRevision }, asking),
  },
];
