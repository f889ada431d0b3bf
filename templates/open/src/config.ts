// Every setting of this server. Nothing else reads the environment.
import { z } from 'zod';
import { logLevel, origins, parseSettings, port, publicUrl, readEnvironment } from './settings.js';

const schema = z.object({
  PORT: port.default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: publicUrl.optional(),
  ALLOWED_ORIGINS: origins.default([]),
  LOG_LEVEL: logLevel.default('info'),
});

export interface Config {
  /** Where the server listens. */
  port: number;
  host: string;
  /** The MCP endpoint as the world knows it: PUBLIC_URL + `/mcp`. */
  resource: URL;
  /** Browser origins that may call the server, besides loopback ones and its own. */
  allowedOrigins: string[];
  logLevel: string;
}

/**
 * Reads and checks the settings.
 * @throws {StartupError} naming every variable that is wrong
 */
export function loadConfig(environment = readEnvironment()): Config {
  const settings = parseSettings(schema, environment);
  const url = settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`;
  return {
    port: settings.PORT,
    host: settings.HOST,
    resource: new URL(`${url}/mcp`),
    allowedOrigins: settings.ALLOWED_ORIGINS,
    logLevel: settings.LOG_LEVEL,
  };
}

/** The one setting that the stdio server has: its host gives it everything else. */
export function loadLogLevel(environment = readEnvironment()): string {
  return parseSettings(schema.pick({ LOG_LEVEL: true }), environment).LOG_LEVEL;
}
