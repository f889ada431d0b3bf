// Every setting of this server.
import { z } from 'zod';
import { type AuthConfig, authSettings, toAuthConfig } from './auth/settings.js';
import { type ServerConfig, serverSettings, toServerConfig } from './server-config.js';
import { parseSettings } from './settings.js';

const credential = 'OAUTH.md says where the provider shows it';

const settings = serverSettings.extend(authSettings.shape).extend({
  OAUTH_CLIENT_ID: z.string().describe(credential),
  OAUTH_CLIENT_SECRET: z.string().describe(credential),
});

export interface Config extends ServerConfig {
  auth: AuthConfig & {
    /** Our own credentials at the provider, for asking it about tokens. */
    client: { id: string; secret: string };
  };
}

/**
 * Checks the settings.
 * @throws {StartupError} naming every variable that is wrong
 */
export function loadConfig(environment: Record<string, string>): Config {
  const read = parseSettings(settings, environment);
  const client = { id: read.OAUTH_CLIENT_ID, secret: read.OAUTH_CLIENT_SECRET };
  return { ...toServerConfig(read), auth: { ...toAuthConfig(read), client } };
}
