// Every setting of this server. Nothing else reads the environment.
import { type ServerConfig, serverSettings, toServerConfig } from './server-config.js';
import { parseSettings, readEnvironment } from './settings.js';

export type Config = ServerConfig;

/**
 * Reads and checks the settings.
 * @throws {StartupError} naming every variable that is wrong
 */
export function loadConfig(environment = readEnvironment()): Config {
  return toServerConfig(parseSettings(serverSettings, environment));
}
