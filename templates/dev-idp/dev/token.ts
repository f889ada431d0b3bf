// The token script: an access token for trying the server by hand, from the running dev script.
import { createHash, randomBytes } from 'node:crypto';
import { decodeJwt } from 'jose';
import { loadConfig } from '../src/config.js';
import { readEnvironment } from '../src/environment.js';
import { logIn } from './headless-login.js';
import { isLoopbackOrigin } from './identity-provider.js';

const help = `Prints an access token of the development identity provider. The dev script must be running.

Usage: token [name] [scope …]
  name   who logs in; default: ada
  scope  asked for in addition to OAUTH_SCOPES, such as mcp:admin`;

const redirectUri = 'http://127.0.0.1/callback';

async function requestToken(user = 'ada', ...extra: string[]): Promise<string> {
  const { auth, resource } = loadConfig(readEnvironment());
  if (!isLoopbackOrigin(auth.issuer)) {
    throw new Error(
      `Only the development identity provider gives tokens this way, not ${auth.issuer}.`,
    );
  }
  const issuer = new URL(auth.issuer).origin;
  const client = await post(`${issuer}/register`, {
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ client_name: 'Token script', redirect_uris: [redirectUri] }),
  });
  const verifier = randomBytes(32).toString('base64url');
  const authorizationUrl = new URL(`${issuer}/authorize`);
  authorizationUrl.search = new URLSearchParams({
    client_id: `${client.client_id}`,
    response_type: 'code',
    redirect_uri: redirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    scope: [...new Set([...auth.scopes, ...extra])].join(' '),
    resource: resource.href,
  }).toString();
  const { searchParams } = await logIn({ authorizationUrl, user });
  const code = searchParams.get('code');
  if (code === null) throw new Error(`The login failed: ${searchParams.get('error_description')}`);
  const { access_token: token } = await post(`${issuer}/token`, {
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: `${client.client_id}`,
      code,
      code_verifier: verifier,
      redirect_uri: redirectUri,
    }),
  });
  const granted = String(decodeJwt(`${token}`).scope).split(' ');
  const missing = extra.filter((scope) => !granted.includes(scope));
  if (missing.length > 0) {
    throw new Error(`Not granted: ${missing.join(' ')}. Declare it in src/auth/scopes.ts.`);
  }
  return `${token}`;
}

async function post(url: string, init: RequestInit): Promise<Record<string, unknown>> {
  const response = await fetch(url, { ...init, method: 'POST' }).catch(() => {
    throw new Error(`${url} does not answer. Start the dev script first, in another terminal.`);
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}

try {
  // Some package managers hand the `--` on that separates these arguments from their own.
  const args = process.argv.slice(2).filter((argument) => argument !== '--');
  console.log(args.includes('--help') ? help : await requestToken(...args));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
