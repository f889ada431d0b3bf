// better-auth, in a process of its own: better-auth-server.mjs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LoginProvider, Preparation } from './login-provider.js';
import { freePort, repository } from './project.js';

export async function startBetterAuth({ mode, url }: Preparation): Promise<LoginProvider> {
  const PORT = String(await freePort());
  const child = spawn(
    process.execPath,
    [join(repository, 'test', 'support', 'better-auth-server.mjs')],
    {
      env: {
        PATH: process.env.PATH,
        PORT,
        RESOURCE: `${url}/mcp`,
        ...(mode === 'introspection' && { FORMAT: 'opaque' }),
        ...(mode === 'proxy' && { REDIRECT_URI: `${url}/oauth/callback` }),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const closed = once(child, 'close');
  const ready = once(child.stdout.setEncoding('utf8'), 'data');
  const first = await Promise.race([ready, closed.then(() => undefined)]);
  if (first === undefined) throw new Error('better-auth did not start');
  const { client_id: id, client_secret: secret } = JSON.parse(String(first[0]));
  return {
    issuer: `http://localhost:${PORT}/api/auth`,
    client: { id, secret },
    async [Symbol.asyncDispose]() {
      child.kill();
      await closed;
    },
  };
}
