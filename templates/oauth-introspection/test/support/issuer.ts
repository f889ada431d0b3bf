// An authorization server made of a table of tokens and a `fetch`: no network, no port.
import { randomUUID } from 'node:crypto';
import { provider } from '../../src/auth/provider.js';
import { audience, goodClaims } from './token.js';

/** The claim in which this provider writes scopes. */
export const scopeClaim = provider.scopeClaims[0] ?? 'scope';

export interface Issuer {
  url: string;
  /** The settings of a server that trusts this issuer. */
  environment: Record<string, string>;
  /** Answers for the issuer; assign `documents` and `down` to make it misbehave. */
  fetch: typeof fetch;
  /** What is served, by URL. */
  documents: Record<string, unknown>;
  down: boolean;
  /** How often each URL was asked for. */
  asked: Record<string, number>;
  /** A token that is good in every way, but for what is given. */
  sign(claims?: Record<string, unknown>): Promise<string>;
}

export async function createIssuer(url = 'https://login.example.com'): Promise<Issuer> {
  const base = url.replace(/\/$/, '');
  const introspectionEndpoint = `${base}/introspect`;
  const tokens = new Map<string, object>();
  const metadata = { issuer: url, introspection_endpoint: introspectionEndpoint };
  const issuer: Issuer = {
    url,
    environment: {
      OAUTH_ISSUER_URL: url,
      OAUTH_AUDIENCE: audience,
      OAUTH_CLIENT_ID: 'server',
      OAUTH_CLIENT_SECRET: 'secret',
    },
    documents: { [`${base}/.well-known/openid-configuration`]: metadata },
    down: false,
    asked: {},

    fetch: async (input, init) => {
      const address = String(input);
      issuer.asked[address] = (issuer.asked[address] ?? 0) + 1;
      if (issuer.down) throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
      const document = issuer.documents[address];
      if (document instanceof Response) return document.clone();
      if (document !== undefined) return Response.json(document);
      if (address !== introspectionEndpoint) return new Response('no', { status: 404 });

      const { authorization } = Object.fromEntries(new Headers(init?.headers));
      if (authorization !== `Basic ${btoa('server:secret')}`) {
        return Response.json({ error: 'invalid_client' }, { status: 401 });
      }
      const token = new URLSearchParams(String(init?.body)).get('token') ?? '';
      return Response.json(tokens.get(token) ?? { active: false });
    },

    async sign(claims = {}) {
      const now = Math.floor(Date.now() / 1000);
      const defaults = {
        active: true,
        iss: url,
        sub: 'ada',
        ...goodClaims,
        [scopeClaim]: 'mcp:use',
        exp: now + 300,
      };
      const token = randomUUID();
      tokens.set(token, { ...defaults, ...claims });
      return token;
    },
  };
  return issuer;
}
