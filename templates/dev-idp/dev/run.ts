// What the dev script runs: the identity provider and, in the same process, the server. Both start
// with the same settings, and both are replaced when the settings change.
import { scopes } from '../src/auth/scopes.js';
import { type Config, loadConfig } from '../src/config.js';
import { readEnvironment } from '../src/environment.js';
import { exitWith } from '../src/exit.js';
import { isLoopbackOrigin, startIdentityProvider } from './identity-provider.js';

const log = (line: string) => console.log(`[dev] ${line}`);

/** Starts the identity provider, unless OAUTH_ISSUER_URL names one that is not ours to start. */
async function provideIdentities({ auth, resource }: Config): Promise<void> {
  if (!isLoopbackOrigin(auth.issuer)) {
    log(`OAUTH_ISSUER_URL is ${auth.issuer}: the development identity provider stays off.`);
    return;
  }
  const descriptions = [...scopes].map(([scope, { description }]) => [scope, description]);
  const { issuer } = await startIdentityProvider({
    issuer: new URL(auth.issuer).origin,
    resource: resource.href,
    audience: auth.audiences[0] ?? resource.href,
    scopes: Object.fromEntries(descriptions),
    defaultScopes: auth.scopes,
    directory: '.dev-idp',
    log,
  });
  log(`Identity provider at ${issuer}: type any name to log in.`);
}

try {
  const config = loadConfig(readEnvironment());
  await provideIdentities(config);
  await import('../src/index.js');
  // A server that could not start has said why.
  if (!process.exitCode) log(`MCP server at ${config.resource}`);
} catch (error) {
  exitWith(error);
}
