import { expect, it } from 'vitest';
import { createApp } from '../../src/app.js';
import { loadConfig } from '../../src/config.js';
import { connectOverHttp } from '../support/client.js';
import { createIssuer, scopeClaim } from '../support/issuer.js';

const name = 'new_tool';
const scope = 'new:scope';

const issuer = await createIssuer();
const config = loadConfig({
  PUBLIC_URL: 'https://mcp.example.com',
  ...issuer.environment,
  OAUTH_SCOPES: 'mcp:use',
});
const app = await createApp(config, issuer);
const url = 'https://mcp.example.com/mcp';

async function call(scopes: string) {
  const token = await issuer.sign({ [scopeClaim]: scopes });
  const client = await connectOverHttp(app, { url, token });
  const answer = client.callTool({ name, arguments: { name: 'Ada' } });
  return answer.finally(() => client.close());
}

it('is for callers with its scope', async () => {
  await expect(call('mcp:use')).rejects.toThrow();
  expect(await call(`mcp:use ${scope}`)).toHaveProperty('structuredContent');
});
