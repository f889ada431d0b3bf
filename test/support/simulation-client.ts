/** An MCP client whose registration and requests a test decides; the protocol is the official one's. */
import {
  discoverAuthorizationServerMetadata,
  discoverOAuthServerInfo,
  exchangeAuthorization,
  extractWWWAuthenticateParams,
  registerClient,
  startAuthorization,
} from '@modelcontextprotocol/client';
import { redirectUrl } from './simulation-login.js';

/** Where a server sends clients, and what it tells them to request. */
export interface Advice {
  issuer: string;
  resource: string;
  scope: string;
}

/** What an MCP server tells a client that has no token: the challenge, and the document it names. */
export async function askForAdvice(url: string): Promise<Advice> {
  const refused = await fetch(url, { method: 'POST' });
  const { resourceMetadataUrl, scope } = extractWWWAuthenticateParams(refused);
  const { authorizationServerUrl: issuer, resourceMetadata } = await discoverOAuthServerInfo(
    url,
    resourceMetadataUrl && { resourceMetadataUrl },
  );
  if (resourceMetadata === undefined || scope === undefined) throw new Error('No advice');
  // RFC 9728 §2 and the challenge have to say the same, because clients use either.
  const listed = resourceMetadata.scopes_supported?.join(' ');
  if (listed !== scope) throw new Error(`${listed} is not ${scope}`);
  return { issuer, resource: resourceMetadata.resource, scope };
}

interface Choices {
  /** The client that it is, if it was registered by hand. */
  client?: string | undefined;
  /** The scopes that it registers; undefined: it says nothing about them. */
  registered?: string | undefined;
  /** Instead of what it was told. */
  requested?: string | undefined;
}

/**
 * Registers, logs in, and gets its tokens.
 * @throws Error with the provider's own message, when the provider refuses something
 */
export async function logInAs(advice: Advice, { client, registered, requested }: Choices = {}) {
  const { issuer, resource } = advice;
  const metadata = await discoverAuthorizationServerMetadata(issuer);
  if (metadata === undefined) throw new Error('There is no metadata');
  const clientInformation = client
    ? { client_id: client }
    : await registerClient(issuer, {
        metadata,
        clientMetadata: { redirect_uris: [redirectUrl], token_endpoint_auth_method: 'none' },
        ...(registered !== undefined && { scope: registered }),
      });
  const { authorizationUrl, codeVerifier } = await startAuthorization(issuer, {
    metadata,
    clientInformation,
    redirectUrl,
    resource,
    scope: requested ?? advice.scope,
  });
  const { headers } = await fetch(authorizationUrl, { redirect: 'manual' });
  const answer = new URL(headers.get('location') ?? 'about:blank').searchParams;
  const [code, iss] = [answer.get('code'), answer.get('iss')];
  if (code === null) throw new Error(`${answer.get('error')}: ${answer.get('error_description')}`);
  return exchangeAuthorization(issuer, {
    metadata,
    clientInformation,
    authorizationCode: code,
    ...(iss !== null && { iss }),
    codeVerifier,
    redirectUri: redirectUrl,
    resource,
  });
}

/** Uses a token at an MCP server, for a tool or for their list, and tells how it was answered. */
export async function use(url: string, token: string, tool?: string): Promise<Used> {
  const call = { method: 'tools/call', params: { name: tool, arguments: {} } };
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...(tool ? call : { method: 'tools/list' }) }),
  });
  const { status, headers } = response;
  if (status === 200) return { status };
  const { error_description: message } = (await response.json()) as { error_description?: string };
  return { status, message, challenge: headers.get('www-authenticate') };
}

export interface Used {
  status: number;
  message?: string | undefined;
  challenge?: string | null;
}
