/** The rules that cases cite. */
import { specification } from '../doctor/specification.js';

export interface Rule {
  /** As people cite it: `RFC 6750 §3.1`. */
  readonly name: string;
  readonly url: string;
}

export function rfc(number: number, section: string): Rule {
  const url = `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`;
  return { name: `RFC ${number} §${section}`, url };
}

/** A section of the authorization pages of MCP, revision 2026-07-28. */
export function mcp(page: keyof typeof specification, anchor: string, title: string): Rule {
  return { name: `MCP, ${title}`, url: `${specification[page]}#${anchor}` };
}

export const errorHandling = mcp('authorization', 'error-handling', 'Error Handling');
export const tokenHandling = mcp('authorization', 'token-handling', 'Token Handling');
export const tokenRequirements = mcp('authorization', 'token-requirements', 'Token Requirements');
export const scopeStrategy = mcp(
  'authorization',
  'scope-selection-strategy',
  'Scope Selection Strategy',
);
export const refreshTokens = mcp('authorization', 'refresh-tokens', 'Refresh Tokens');
export const metadataDiscovery = mcp(
  'discovery',
  'protected-resource-metadata-discovery-requirements',
  'Protected Resource Metadata Discovery',
);
export const transportSecurity: Rule = {
  name: 'MCP, Streamable HTTP: Security & Endpoint',
  url: specification.transport,
};
/** OpenID Connect Core: what key ids are for. */
export const keyRotation: Rule = {
  name: 'OpenID Connect Core §10.1.1',
  url: 'https://openid.net/specs/openid-connect-core-1_0.html#RotateSigKeys',
};
export const cors: Rule = {
  name: 'Fetch, CORS protocol',
  url: 'https://fetch.spec.whatwg.org/#http-cors-protocol',
};
