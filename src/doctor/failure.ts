/** Tells apart why nothing came back: each reason has another cure. */
import type { Catalogue } from './finding.js';
import { findingsOf } from './finding.js';
import type { Failure } from './http.js';
import { ProxyError } from './node-fetch.js';

export type FailureReason =
  | 'dns'
  | 'dns-server'
  | 'refused'
  | 'unreachable'
  | 'reset'
  | 'timeout'
  | 'tls-untrusted'
  | 'tls-expired'
  | 'tls-name'
  | 'tls'
  | 'proxy'
  | 'proxy-kind'
  | 'http'
  | 'size'
  | 'address'
  | 'private';

const rules = 'https://www.rfc-editor.org/rfc/rfc9728#section-7.7';
const tlsPage = 'https://nodejs.org/api/tls.html#x509-certificate-error-codes';
const errorsPage = 'https://nodejs.org/api/errors.html#common-system-errors';

/** An answer did not come. What was asked for is in `what`. */
export const networkFindings = {
  'network-dns': {
    level: 'problem',
    title: 'The host name does not exist',
    why: 'The resolver knows no address for it, so no client gets any further.',
    cure: 'Check the spelling of the host. If the name is new or internal, check that this machine asks the right resolver (VPN).',
    page: errorsPage,
  },
  'network-dns-server': {
    level: 'problem',
    title: 'The resolver does not answer',
    why: 'Whether the host name exists could not be found out.',
    cure: 'Check the network connection and the DNS settings of this machine, then run this again.',
    page: errorsPage,
  },
  'network-refused': {
    level: 'problem',
    title: 'Nothing listens at this address',
    why: 'The machine is there and refused the connection: no process has this port, or a firewall rejects it.',
    cure: 'Start it, or correct the port. In a container it has to listen on 0.0.0.0, and the port has to be published.',
    page: errorsPage,
  },
  'network-unreachable': {
    level: 'problem',
    title: 'There is no route to this address',
    why: 'The network between this machine and that one does not connect them.',
    cure: 'Check VPN, network and firewall of this machine.',
    page: errorsPage,
  },
  'network-reset': {
    level: 'problem',
    title: 'The connection was cut before an answer came',
    why: 'Something accepted the connection and closed it: a load balancer without a healthy server, a firewall, or a process that crashed.',
    cure: 'Look into the logs of the server, and of what stands in front of it, at this time.',
    page: errorsPage,
  },
  'network-timeout': {
    level: 'problem',
    title: 'No answer in time',
    why: 'Clients give up as well. A firewall that drops packets looks like this, and so does a server that waits for something.',
    cure: 'Check that the port is open to this machine, and what the server waits for. --timeout waits longer.',
    page: errorsPage,
  },
  'network-tls-untrusted': {
    level: 'problem',
    title: 'The certificate comes from an authority that is not trusted here',
    why: 'Clients refuse the connection. The certificate is self-signed, or the server does not send the intermediate certificates.',
    cure: "Install the full chain at the server (certificate and intermediates). For a private authority, name its file in NODE_EXTRA_CA_CERTS here, and in each client's own way there.",
    page: tlsPage,
  },
  'network-tls-expired': {
    level: 'problem',
    title: 'The certificate is not valid today',
    why: 'It has expired, or is not valid yet; clients refuse the connection.',
    cure: 'Renew the certificate and reload the server. If the dates are right, correct the clock of this machine.',
    page: tlsPage,
  },
  'network-tls-name': {
    level: 'problem',
    title: 'The certificate is for another host name',
    why: 'Clients refuse the connection, because they cannot tell the server from an impostor.',
    cure: 'Use the name in the certificate, or get one that contains this name.',
    page: tlsPage,
  },
  'network-tls': {
    level: 'problem',
    title: 'The two sides could not agree on an encrypted connection',
    why: 'Often the port does not speak TLS at all, or only versions that are no longer allowed.',
    cure: 'If the server speaks plain http on this port, use http:// (loopback only) or put TLS in front of it. Else enable TLS 1.2 or 1.3.',
    page: tlsPage,
  },
  'network-proxy': {
    level: 'problem',
    title: 'The proxy did not let the request through',
    why: 'HTTPS_PROXY, HTTP_PROXY or ALL_PROXY names a proxy, and it refused the connection or does not answer. The server was not asked.',
    cure: 'Check the proxy’s address and its credentials (http://user:password@host:port), or name the host in NO_PROXY.',
    page: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6',
  },
  'network-proxy-kind': {
    level: 'problem',
    title: 'The proxy is not of a kind that can be used here',
    why: 'HTTPS_PROXY, HTTP_PROXY or ALL_PROXY names a proxy that does not speak HTTP, such as a SOCKS proxy (socks5://…). This command speaks to HTTP proxies only. The server was not asked.',
    cure: 'Name an HTTP proxy in HTTPS_PROXY and HTTP_PROXY, which are read before ALL_PROXY, or name the host in NO_PROXY if it can be reached directly. Clients made with Node do not use SOCKS proxies by themselves either.',
    page: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6',
  },
  'network-http': {
    level: 'problem',
    title: 'What answers does not speak HTTP',
    why: 'The bytes that came back are not an HTTP answer: the port belongs to something else, or it speaks TLS and the address says http.',
    cure: 'Check port and scheme of the address.',
    page: 'https://www.rfc-editor.org/rfc/rfc9112#section-4',
  },
  'network-size': {
    level: 'problem',
    title: 'The answer is too large',
    why: 'No document of a login is larger than a few kilobytes. Reading was stopped at one megabyte, of headers at 16 kilobytes.',
    cure: 'Check what is served at this address.',
    page: 'https://www.rfc-editor.org/rfc/rfc9728#section-3',
  },
  'network-address': {
    level: 'problem',
    title: 'The address cannot be asked',
    why: 'It is not an absolute http or https URL without user name and password, so no client can fetch it.',
    cure: 'Correct it where it is published.',
    page: 'https://www.rfc-editor.org/rfc/rfc8414#section-2',
  },
  'network-private': {
    level: 'problem',
    title: 'A public document names an address inside a private network',
    why: 'Clients elsewhere cannot reach it, and careful ones refuse to try, because a server could make them probe their own network. It was not fetched.',
    cure: 'Publish an address that everybody can reach. If you are inside that network and trust the server, add --allow-private.',
    page: rules,
  },
} as const satisfies Catalogue;

const find = findingsOf(networkFindings);

/** The finding for a failed request. @param what was asked for: "the MCP server" */
export function networkFinding({ url, failed, detail, hops }: Failure, what: string) {
  return find(`network-${failed}`, {
    what,
    address: url,
    'redirected from': hops[0],
    detail,
  });
}

const byCode: Readonly<Record<string, FailureReason>> = {
  ENOTFOUND: 'dns',
  ENODATA: 'dns',
  EAI_NODATA: 'dns',
  EAI_NONAME: 'dns',
  EAI_AGAIN: 'dns-server',
  ESERVFAIL: 'dns-server',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  ETIMEDOUT: 'timeout',
  ABORT_ERR: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  CERT_HAS_EXPIRED: 'tls-expired',
  CERT_NOT_YET_VALID: 'tls-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls-name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls-untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'tls-untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls-untrusted',
  CERT_UNTRUSTED: 'tls-untrusted',
  CERT_CHAIN_TOO_LONG: 'tls-untrusted',
  EPROTO: 'tls',
  ERR_PROXY: 'proxy',
  HPE_HEADER_OVERFLOW: 'size',
};

/** @param timeout what an answer may take, in milliseconds */
export function classifyFailure(
  error: unknown,
  timeout: number,
): { reason: FailureReason; detail: string } {
  const chain = causesOf(error);
  const proxy = chain.find((each) => each instanceof ProxyError);
  if (proxy !== undefined) return { reason: 'proxy', detail: `${proxy.proxy}: ${proxy.message}` };
  if (chain.some(({ name }) => name === 'TimeoutError' || name === 'AbortError')) {
    return { reason: 'timeout', detail: `${timeout / 1000} seconds` };
  }
  for (const each of chain) {
    const code = String((each as NodeJS.ErrnoException).code ?? '');
    const reason = patternOf(code, each.message);
    if (reason !== undefined) return { reason, detail: code };
  }
  return { reason: 'http', detail: chain.at(-1)?.message ?? 'unknown' };
}

function patternOf(code: string, message: string): FailureReason | undefined {
  // Node gives a cut handshake the code of any cut connection.
  if (message.includes('before secure TLS connection')) return 'tls';
  if (byCode[code] !== undefined) return byCode[code];
  if (/^(?:ERR_SSL_|ERR_TLS_|CERT_)/.test(code)) return 'tls';
  return code.startsWith('HPE_') ? 'http' : undefined;
}

/** An error and what caused it. */
function causesOf(error: unknown): Error[] {
  const found: Error[] = [];
  const open = [error];
  for (let depth = 0; open.length > 0 && depth < 10; depth++) {
    const next = open.shift();
    if (!(next instanceof Error)) continue;
    found.push(next);
    if (next instanceof AggregateError) open.push(...next.errors);
    open.push(next.cause);
  }
  return found;
}
