// `npm run dev`: the MCP server, reloaded on change, and an identity provider to log in at.
import { scopes } from '../src/auth/scopes.js';
import { loadConfig } from '../src/config.js';
import { isLoopbackOrigin, startIdentityProvider } from './identity-provider.js';
import { runServer } from './server-process.js';

const log = (line: string) => console.log(`[dev] ${line}`);

/** Starts the identity provider, unless OAUTH_ISSUER_URL names one that is not ours to start. */
async function provideIdentities(): Promise<void> {
  const { auth, resource } = loadConfig();
  if (!isLoopbackOrigin(auth.issuer)) {
    log(`OAUTH_ISSUER_URL is ${auth.issuer}: the development identity provider stays off.`);
    return;
  }
  const issuer = new URL(auth.issuer).origin;
  try {
    await startIdentityProvider({
      issuer,
      resource: String(resource),
      audience: auth.audience ?? String(resource),
      scopes: Object.fromEntries(
        Object.entries(scopes).map(([scope, { description }]) => [scope, description]),
      ),
      defaultScopes: auth.scopes,
      directory: '.dev-idp',
      log,
    });
    log(`Identity provider at ${issuer}: type any name to log in.`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    await expectIdentityProvider(issuer, String(resource));
    log(`Identity provider at ${issuer}: already running, using that one.`);
  }
}

/** @throws Error unless a provider with this `issuer`, and for this `resource`, is running */
async function expectIdentityProvider(issuer: string, resource: string): Promise<void> {
  let metadata: { issuer?: string; protected_resources?: string[] } = {};
  try {
    const location = `${issuer}/.well-known/openid-configuration`;
    const response = await fetch(location, { signal: AbortSignal.timeout(2_000) });
    metadata = (await response.json()) as typeof metadata;
  } catch {
    // Something else listens there: said below.
  }
  if (metadata.issuer !== issuer) {
    throw new Error(
      `Port ${new URL(issuer).port} is taken by something that is not the identity provider ${issuer}.\nStop it, or set OAUTH_ISSUER_URL to another port, such as http://localhost:3101.`,
    );
  }
  if (metadata.protected_resources?.includes(resource) === false) {
    throw new Error(
      `The identity provider that runs at ${issuer} is another project's: it serves ${metadata.protected_resources.join(', ')}, not ${resource}.\nStop it, or set OAUTH_ISSUER_URL to another port, such as http://localhost:3101.`,
    );
  }
}

try {
  if (process.env.NODE_ENV === 'production') {
    throw new Error(
      '`npm run dev` refuses to run with NODE_ENV=production: its identity provider lets anybody log in as anybody.\nUnset NODE_ENV, or start the server with `npm start`.',
    );
  }
  await provideIdentities();
  log('Starting the MCP server; it starts again when src/ or .env changes.');
  process.exit(await runServer('src/index.ts', log));
} catch (error) {
  console.error(`\n${(error as Error).message}\n`);
  process.exit(1);
}
