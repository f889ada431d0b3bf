// Every setting of this server.
import { type ServerConfig, serverSettings, toServerConfig } from './server-config.js';
import { parseSettings } from './settings.js';

export type Config = ServerConfig;

/**
 * Checks the settings.
 * @throws {StartupError} naming every variable that is wrong
 */
export function loadConfig(environment: Record<string, string>): Config {
  return toServerConfig(parseSettings(serverSettings, environment));
}
