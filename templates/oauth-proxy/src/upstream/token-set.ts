// Tokens of the provider.

export interface TokenSet {
  accessToken: string;
  refreshToken?: string;
  /** In seconds since 1970. Absent: as far as the provider says, it does not expire. */
  expiresAt?: number;
  /** What the provider granted, by plain names. */
  scopes: string[];
}
