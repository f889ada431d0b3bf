// What src/auth/provider.ts says differs from project to project, and most of these tests are about
// one way or another: they put this in its place.
//   vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));
import type { ProviderData } from '../../src/upstream/provider-data.js';

/** A provider of which there is nothing particular to say. */
const plain: ProviderData = {
  title: 'Acme',
  verify: 'id_token',
  upstreamScopes: ['openid', 'profile', 'email', 'offline_access'],
  authorizationParameters: {},
  subjectClaim: 'sub',
  identityClaims: ['name', 'email'],
  allowedUsers: ['*'],
};

export const provider: ProviderData = { ...plain };

/** Makes it the plain provider, but for what is given. */
export function describeProvider(particular: Partial<ProviderData> = {}): void {
  for (const member of Object.keys(provider)) delete provider[member as keyof ProviderData];
  Object.assign(provider, plain, particular);
}

/** GitHub, as the preset has it. */
export const likeGitHub: Partial<ProviderData> = {
  title: 'GitHub',
  verify: 'userinfo',
  subjectClaim: 'id',
  identityClaims: ['login', 'name', 'email'],
  userinfo: 'https://api.example.com/user',
  emailsPath: '/emails',
  endpoints: { authorization: '/authorize', token: '/access_token' },
  clientAuthentication: 'client_secret_post',
  otherAccountPrompt: 'select_account',
};

/** Entra, as the preset has it. */
export const likeEntra: Partial<ProviderData> = {
  title: 'Entra',
  scopePrefix: 'api://{client}/',
  refreshWithScopes: true,
  emailVerifiedClaim: 'xms_edov',
  otherAccountPrompt: 'select_account',
};

/** Google, as the preset has it. */
export const likeGoogle: Partial<ProviderData> = {
  title: 'Google',
  authorizationParameters: { access_type: 'offline', prompt: 'consent' },
  scopeAliases: {
    'https://www.googleapis.com/auth/userinfo.email': 'email',
    'https://www.googleapis.com/auth/userinfo.profile': 'profile',
  },
  domainClaim: 'hd',
  otherAccountPrompt: 'select_account',
};
