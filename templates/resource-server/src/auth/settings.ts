// The settings of the login.
import { z } from 'zod';
import { filledList, issuerUrl } from '../settings.js';
import { provider } from './provider.js';

export const authSettings = z.object({
  OAUTH_ISSUER_URL: issuerUrl,
  OAUTH_AUDIENCE: filledList.default([]),
  OAUTH_SCOPES: filledList.default(provider.defaultScopes),
});

export interface AuthConfig {
  /** The authorization server, with or without its trailing slash. */
  issuer: string;
  /** What tokens must have been issued for, one of these; none switches the check off. */
  audiences: string[];
  /** What every request needs, and what clients are told to request. */
  scopes: string[];
}

export function toAuthConfig(settings: z.output<typeof authSettings>): AuthConfig {
  return {
    issuer: settings.OAUTH_ISSUER_URL,
    audiences: settings.OAUTH_AUDIENCE,
    scopes: settings.OAUTH_SCOPES,
  };
}
