// Servers in proxy mode, as tests use them.
import { Browser, type Network } from '../../templates/oauth-proxy/test/support/browser.js';
import type { TestUpstream } from '../../templates/oauth-proxy/test/support/upstream.js';
import { agreeToAll } from './agree.js';
import { type Person, redirectUrl } from './person.js';
import { createProject, type Project } from './project.js';

/** A built project whose server logs people in at another provider. */
export async function createProxyProject(...args: string[]): Promise<Project> {
  const realm = ['--set', 'url=https://login.example.com', '--set', 'realm=test'];
  const proxy = ['--provider', 'keycloak', ...realm, '--auth-mode', 'proxy'];
  const project = await createProject(...proxy, ...args);
  await project.run('tsc', '-p', 'tsconfig.build.json');
  return project;
}

/** The settings of a server that uses `upstream`. */
export function settingsFor(upstream: TestUpstream, store: string): Record<string, string> {
  const AUTH_SECRET = 'a-secret-that-all-instances-of-the-server-have';
  return { ...upstream.environment, AUTH_SECRET, AUTH_STORE: store };
}

/** The internet of a person's browser, which ends where the MCP client waits. */
export const network: Network = {
  fetch,
  reaches: ({ href }) => !href.startsWith(redirectUrl),
};

/** What a person does in a browser who logs in and agrees to everything; for `Person`. */
export function agreeIn(browser = new Browser(network)): (authorizationUrl: URL) => Promise<URL> {
  return async (authorizationUrl) => {
    const { url, status, html } = await agreeToAll(browser, authorizationUrl);
    if (html !== '') throw new Error(`${url} answered ${status}: ${html}`);
    return url;
  };
}

/** A browser where something happens on the way: when it has to log in at the provider. */
export function browserThat({ issuer }: TestUpstream, does: () => Promise<unknown>): Browser {
  return new Browser({
    ...network,
    async fetch(input, init) {
      if (String(input).startsWith(`${issuer}/authorize`)) await does();
      return fetch(input, init);
    },
  });
}

/**
 * Has the client find its access token expired, refresh it, and call a tool.
 * @throws when it cannot, or does without a new refresh token
 */
export async function refreshAndCall(person: Person): Promise<void> {
  const before = person.tokens;
  if (before === undefined) throw new Error('Nobody has logged in yet');
  person.tokens = { ...before, access_token: 'expired' };
  const { isError } = await person.callTool('whoami');
  if (isError || person.tokens.refresh_token === before.refresh_token) {
    throw new Error('The tokens were not refreshed');
  }
}
