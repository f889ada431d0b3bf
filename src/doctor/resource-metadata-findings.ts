/** What can be wrong with protected resource metadata as a document. */
import type { Catalogue } from './finding.js';
import { specification } from './specification.js';

const discovery = `${specification.discovery}#protected-resource-metadata-discovery-requirements`;
const request = 'https://www.rfc-editor.org/rfc/rfc9728#section-3.1';
const response = 'https://www.rfc-editor.org/rfc/rfc9728#section-3.2';

export const resourceMetadataFindings = {
  'metadata-found': { level: 'ok', title: 'The protected resource metadata is there' },
  'metadata-missing': {
    level: 'problem',
    title: 'There is no protected resource metadata',
    why: 'Without it clients do not know where to log in. They looked at every address that the specification names.',
    cure: 'Serve it as JSON, without a login, at the well-known address with the path of the endpoint inserted, and name that address in the challenge.',
    page: discovery,
  },
  'metadata-login': {
    level: 'problem',
    title: 'The protected resource metadata needs a login itself',
    why: 'Clients read it to find the login, so they have no token yet.',
    cure: 'Mount /.well-known/oauth-protected-resource before whatever checks tokens, and exclude /.well-known/ from any login in front of the server.',
    page: discovery,
  },
  'metadata-not-json': {
    level: 'problem',
    title: 'The protected resource metadata is not a JSON object',
    why: 'Clients stop here. A web page at this address mostly comes from a catch-all route of a website.',
    cure: 'Mount the route of the metadata before any catch-all route, and answer with application/json.',
    page: response,
  },
  'metadata-failing': {
    level: 'problem',
    title: 'The server fails to give the protected resource metadata',
    why: 'Clients stop here, or guess another address.',
    cure: 'Look into the log of the server at this time.',
    page: response,
  },
  'metadata-challenge-address': {
    level: 'problem',
    title: 'The challenge names an address where there is no metadata',
    why: 'Clients ask that address first, and most give up when it fails, although the metadata is at a well-known address.',
    cure: 'Correct resource_metadata in the challenge, or serve the document there. Behind a reverse proxy the server has to know its public address.',
    page: 'https://www.rfc-editor.org/rfc/rfc9728#section-5.1',
  },
  'metadata-foreign-address': {
    level: 'warning',
    title: 'The challenge names metadata on another origin',
    why: 'Clients must make sure that the metadata belongs to the server; many accept its own origin only. The address of a development machine ends up here too.',
    cure: 'Serve the metadata on the origin of the server, and name that address.',
    page: 'https://www.rfc-editor.org/rfc/rfc9728#section-7.3',
  },
  'metadata-not-inserted': {
    level: 'warning',
    title: 'The metadata is missing where the path of the endpoint is inserted',
    why: 'Clients that do not read the challenge ask this address first. Some do not try the one at the root.',
    cure: 'Serve the same document at both addresses.',
    page: request,
  },
  'metadata-redirect': {
    level: 'warning',
    title: 'The metadata is behind a redirect',
    why: 'Not every client follows it, and in browsers another origin needs CORS of its own.',
    cure: 'Serve the document at this address without a redirect.',
    page: request,
  },
  'metadata-type': {
    level: 'warning',
    title: 'The metadata is not sent as application/json',
    why: 'Strict clients refuse documents of another type.',
    cure: 'Send Content-Type: application/json.',
    page: response,
  },
  'metadata-differs': {
    level: 'problem',
    title: 'The metadata is not the same at all its addresses',
    why: 'Which document a client reads depends on the client, so some will log in elsewhere, or for another resource.',
    cure: 'Serve one document. If one of the two comes from another program or an older version, remove it.',
    page: request,
  },
  'metadata-idle': {
    level: 'warning',
    title: 'There is metadata for a login, but nobody is asked to log in',
    why: 'Clients read it after a 401 only. Without a token the server answered everything that was tried: either nothing checks tokens, and everybody can use its tools, or only some tools want a login.',
    cure: 'If every tool needs a login, put the check of the token before the endpoint. If the server is open, take the metadata away.',
    page: 'https://www.rfc-editor.org/rfc/rfc9728#section-5.1',
  },
} as const satisfies Catalogue;
