// `npm run token`: an access token for trying the server by hand, from the running `npm run dev`.
//
//     npm run token -- [name] [scope …]
import { createHash, randomBytes } from 'node:crypto';
import { loadConfig } from '../src/config.js';
import { logIn } from './headless-login.js';
import { isLoopbackOrigin } from './identity-provider.js';

const redirectUri = 'http://127.0.0.1/callback';

async function requestToken(user = 'ada', ...scopes: string[]): Promise<string> {
  const { auth, resource } = loadConfig();
  if (!isLoopbackOrigin(auth.issuer)) {
    throw new Error(
      `Only the development identity provider gives tokens this way, not ${auth.issuer}.`,
    );
  }
  const issuer = new URL(auth.issuer).origin;
  const client = await post(`${issuer}/register`, {
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ client_name: 'npm run token', redirect_uris: [redirectUri] }),
  });
  const verifier = randomBytes(32).toString('base64url');
  const authorizationUrl = new URL(`${issuer}/authorize`);
  authorizationUrl.search = new URLSearchParams({
    client_id: `${client.client_id}`,
    response_type: 'code',
    redirect_uri: redirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    scope: scopes.join(' '),
    resource: String(resource),
  }).toString();
  const { searchParams } = await logIn({ authorizationUrl, user });
  const code = searchParams.get('code');
  if (code === null) throw new Error(`The login failed: ${searchParams.get('error_description')}`);
  const token = await post(`${issuer}/token`, {
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: `${client.client_id}`,
      code,
      code_verifier: verifier,
      redirect_uri: redirectUri,
    }),
  });
  return `${token.access_token}`;
}

async function post(url: string, init: RequestInit): Promise<Record<string, unknown>> {
  const response = await fetch(url, { ...init, method: 'POST' }).catch(() => {
    throw new Error(`${url} does not answer. Start \`npm run dev\` first, in another terminal.`);
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}

try {
  console.log(await requestToken(...process.argv.slice(2)));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
