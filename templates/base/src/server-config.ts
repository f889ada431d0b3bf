// The settings that every server has, with or without a login.
import { z } from 'zod';
import { logLevel, origins, parseSettings, port, publicUrl } from './settings.js';

export const serverSettings = z.object({
  PORT: port.default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: publicUrl.optional(),
  ALLOWED_ORIGINS: origins.default([]),
  LOG_LEVEL: logLevel.default('info'),
});

export interface ServerConfig {
  /** Where the server listens. */
  port: number;
  host: string;
  /** The MCP endpoint as the world knows it: PUBLIC_URL + `/mcp`. */
  resource: URL;
  /** Browser origins that may call the server, besides loopback ones and its own. */
  allowedOrigins: string[];
  logLevel: string;
}

export function toServerConfig(settings: z.output<typeof serverSettings>): ServerConfig {
  const url = settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`;
  return {
    port: settings.PORT,
    host: settings.HOST,
    resource: new URL(`${url}/mcp`),
    allowedOrigins: settings.ALLOWED_ORIGINS,
    logLevel: settings.LOG_LEVEL,
  };
}

/** The one setting that the stdio server has. */
export function loadLogLevel(environment: Record<string, string>): string {
  return parseSettings(serverSettings.pick({ LOG_LEVEL: true }), environment).LOG_LEVEL;
}
