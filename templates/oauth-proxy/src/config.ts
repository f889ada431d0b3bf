// Every setting of this server. Nothing else reads the environment.
import { z } from 'zod';
import { provider } from './auth/provider.js';
import { type ServerConfig, serverSettings, toServerConfig } from './server-config.js';
import { filledList, isLoopback, issuerUrl, parseSettings, publicUrl } from './settings.js';
import { allowedUsersSetting } from './upstream/admission.js';

/** Key material: as long as what is derived from it is to be strong. */
const secrets = filledList.refine(
  (values) => values.every((value) => value.length >= 32),
  'must be at least 32 random characters; `openssl rand -base64 32` makes some',
);

const credential = 'OAUTH.md says how to register this server at the provider';

const proxies = z
  .string()
  .regex(/^\d$/, 'must be the number of proxies before this server')
  .transform(Number);

const settings = serverSettings.extend({
  // It is an issuer now, and those are https (RFC 8414 §2).
  PUBLIC_URL: publicUrl
    .refine(
      (value) => new URL(value).protocol === 'https:' || isLoopback(new URL(value)),
      'must be an https URL, except on this machine',
    )
    .optional(),
  TRUSTED_PROXIES: proxies.optional(),
  OAUTH_ISSUER_URL: issuerUrl,
  OAUTH_CLIENT_ID: z.string().describe(credential),
  OAUTH_CLIENT_SECRET: z.string().describe(credential),
  OAUTH_SCOPES: filledList.default(['mcp:use']),
  OAUTH_UPSTREAM_SCOPES: filledList.default([...provider.upstreamScopes]),
  OAUTH_ALLOWED_USERS: allowedUsersSetting.describe('OAUTH.md says how people are named in it'),
  OAUTH_USERINFO_URL: issuerUrl.optional(),
  AUTH_SECRET: secrets.describe('`openssl rand -base64 32` makes one'),
  AUTH_STORE: z.string().default('file:./data/auth.db'),
});

/** Who may log in is a matter of the issuer, too: without a default the setting is required. */
function settingsFor(issuer: string | undefined) {
  const { allowedUsers } = provider;
  if (allowedUsers === undefined || isShared(issuer)) return settings;
  return settings.extend({ OAUTH_ALLOWED_USERS: allowedUsersSetting.default([...allowedUsers]) });
}

/** Issuers of Entra at which every organization, or everybody in the world, can log in. */
function isShared(issuer = ''): boolean {
  const [, tenant = ''] = URL.canParse(issuer) ? new URL(issuer).pathname.split('/') : [];
  return ['common', 'organizations', 'consumers'].includes(tenant.toLowerCase());
}

export interface Config extends ServerConfig {
  auth: AuthConfig;
}

export interface AuthConfig {
  /** This server as an authorization server: PUBLIC_URL. */
  publicUrl: string;
  /** The provider that people log in at, with or without its trailing slash. */
  issuer: string;
  /** Our own credentials there. */
  client: { id: string; secret: string };
  /** What our tokens are issued for: the MCP endpoint. */
  audiences: string[];
  /** What every request needs, and what MCP clients are told to request. */
  scopes: string[];
  /** What is requested at the provider. */
  upstreamScopes: string[];
  allowedUsers: string[];
  userinfoUrl: string | undefined;
  /** Key material, the newest first. */
  secrets: string[];
  /** `file:PATH` or a Redis URL. */
  store: string;
  /** How many reverse proxies stand before this server. */
  trustedProxies: number;
}

/**
 * Checks the settings.
 * @throws {StartupError} naming every variable that is wrong
 */
export function loadConfig(environment: Record<string, string>): Config {
  const read = parseSettings(settingsFor(environment.OAUTH_ISSUER_URL), environment);
  const server = toServerConfig(read);
  const url = server.resource.href.replace(/\/mcp$/, '');
  return {
    ...server,
    auth: {
      publicUrl: url,
      issuer: read.OAUTH_ISSUER_URL,
      client: { id: read.OAUTH_CLIENT_ID, secret: read.OAUTH_CLIENT_SECRET },
      audiences: [server.resource.href],
      scopes: read.OAUTH_SCOPES,
      upstreamScopes: read.OAUTH_UPSTREAM_SCOPES,
      allowedUsers: read.OAUTH_ALLOWED_USERS,
      userinfoUrl: read.OAUTH_USERINFO_URL,
      secrets: read.AUTH_SECRET,
      store: read.AUTH_STORE,
      // This server speaks no https itself, so where the world uses it a proxy must be before it.
      trustedProxies: read.TRUSTED_PROXIES ?? (url.startsWith('https:') ? 1 : 0),
    },
  };
}
