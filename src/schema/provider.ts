/** A preset as `providers --json` prints it; src/providers/types.ts explains each member. */
import { z } from 'zod';
import type { Provider } from '../providers/types.js';

const text = z.string();
const texts = z.array(text);
const mode = z.enum(['jwt', 'introspection', 'proxy']);
const availability = z.enum(['yes', 'setting', 'no']);
const derivation = z.strictObject({ from: text, to: text });
const passage = z.union([text, z.strictObject({ modes: z.array(mode), text })]);

const variable = z.strictObject({
  name: text.meta({ description: 'As --set takes it' }),
  title: text,
  example: text,
  pattern: text.meta({ description: 'A regular expression that whole values match' }),
  where: text.meta({ description: 'Where a person finds it' }),
  default: text.exactOptional().meta({ description: 'Absent: it must be given' }),
});

const upstream = z.strictObject({
  verify: z.enum(['id_token', 'access_token', 'userinfo']),
  scopes: texts,
  scopePrefix: text.exactOptional(),
  scopeAliases: z.record(text, text).exactOptional(),
  refreshWithScopes: z.literal(true).exactOptional(),
  subjectClaim: text.exactOptional(),
  identityClaims: texts,
  emailVerifiedClaim: text.exactOptional(),
  domainClaim: text.exactOptional(),
  userinfo: z.array(derivation).exactOptional(),
  emailsPath: text.exactOptional(),
  endpoints: z.strictObject({ authorization: text, token: text }).exactOptional(),
  clientAuthentication: z.enum(['client_secret_basic', 'client_secret_post']).exactOptional(),
  otherAccountPrompt: text.exactOptional(),
  openTo: text.exactOptional(),
  explanation: text,
});

export const provider = z
  .strictObject({
    id: text.meta({ description: 'The value of --provider' }),
    aliases: texts,
    title: text,
    summary: text,
    mode: mode.meta({ description: 'The default of --auth-mode' }),
    modes: z.array(mode),
    modeReason: text,
    variables: z.array(variable),
    issuer: text.meta({ description: 'With {name} for variables' }),
    hosts: text.exactOptional(),
    tokenIssuer: derivation.exactOptional(),
    audience: z.strictObject({
      strategy: z.enum(['aud', 'client', 'oauth-client', 'optional', 'entra']),
      value: text,
      explanation: text,
    }),
    idTokenClaims: texts.exactOptional(),
    silentAboutPkce: z.literal(true).exactOptional(),
    tokenFormat: text,
    scopes: z.strictObject({ default: texts, claims: texts, explanation: text }),
    registration: z.strictObject({ cimd: availability, dcr: availability, manual: text }),
    authorizationParameters: z.record(text, text),
    upstream: upstream.exactOptional(),
    steps: z.array(passage).meta({ description: 'What to do at the provider: Markdown' }),
    errors: z.array(
      z.strictObject({ modes: z.array(mode).exactOptional(), message: text, cure: text }),
    ),
    pages: z.array(z.strictObject({ title: text, url: text, checked: text })),
    unverified: z.array(passage),
  })
  .meta({ id: 'provider' }) satisfies z.ZodType<Provider>;
