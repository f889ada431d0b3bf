// Every setting of this server.
import { type AuthConfig, authSettings, toAuthConfig } from './auth/settings.js';
import { type ServerConfig, serverSettings, toServerConfig } from './server-config.js';
import { parseSettings } from './settings.js';

const settings = serverSettings.extend(authSettings.shape);

export interface Config extends ServerConfig {
  auth: AuthConfig;
}

/**
 * Checks the settings.
 * @throws {StartupError} naming every variable that is wrong
 */
export function loadConfig(environment: Record<string, string>): Config {
  const read = parseSettings(settings, environment);
  return { ...toServerConfig(read), auth: toAuthConfig(read) };
}
