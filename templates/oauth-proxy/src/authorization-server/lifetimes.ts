// How long everything lasts, in seconds.

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

export const lifetimes = {
  /** Short, because it is what a client that lost its login can still use elsewhere. */
  accessToken: 10 * minute,
  /** From its last use on: each use gives a new one. */
  refreshToken: 30 * day,
  authorizationCode: minute,
  /** From the first page to the end of the login. */
  interaction: hour,
  /** From leaving for the provider to coming back. */
  upstreamLogin: 10 * minute,
  /** How long a browser stays logged in here, so that a second client needs no second login. */
  browserSession: 12 * hour,
  /** How long a consent is remembered. */
  consent: 365 * day,
  /** Everything about a connection, at most; its refresh token ends it before. */
  grant: 365 * day,
} as const;
