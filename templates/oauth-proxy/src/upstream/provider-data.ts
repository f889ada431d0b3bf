// What src/auth/provider.ts says about the provider: where providers differ.

export interface ProviderData {
  /** The product's name, for pages and messages. */
  title: string;
  /**
   * Which answer says who logged in: the ID token, the access token (a JWT), or the userinfo
   * endpoint. A matter of knowledge about the provider: tokens are never looked at to find out.
   */
  verify: 'id_token' | 'access_token' | 'userinfo';
  /** What is requested when OAUTH_UPSTREAM_SCOPES is not set, by plain names. */
  upstreamScopes: readonly string[];
  /** What authorization requests need besides the usual parameters. */
  authorizationParameters: Readonly<Record<string, string>>;
  /** What the provider wants before the names of scopes; `{client}` is this server's client id. */
  scopePrefix?: string;
  /** Other names under which scopes come back, and the plain ones. */
  scopeAliases?: Readonly<Record<string, string>>;
  /** Whether a refresh has to name the scopes again. */
  refreshWithScopes?: true;
  /** The claim that identifies a person for good; one that can change hands must not do it. */
  subjectClaim: string;
  /** The claims that tools see. */
  identityClaims: readonly string[];
  /** The claim that says whether `email` is verified, if it is not `email_verified`. */
  emailVerifiedClaim?: string;
  /** The claim that names the domain of a person's organization, if there is one. */
  domainClaim?: string;
  /** Where the API is that tells who logged in, if no metadata says it. */
  userinfo?: string;
  /** What to append to that address for the list of a person's e-mail addresses. */
  emailsPath?: string;
  /** For a provider without metadata: what to append to its issuer. */
  endpoints?: { authorization: string; token: string };
  /** How this server authenticates, where the metadata does not say it. */
  clientAuthentication?: 'client_secret_basic' | 'client_secret_post';
  /** The value of `prompt` that lets a person choose another account; `login` unless it says so. */
  otherAccountPrompt?: string;
  /** Who may log in when OAUTH_ALLOWED_USERS is not set. Absent: it has to be set. */
  allowedUsers?: readonly string[];
}
