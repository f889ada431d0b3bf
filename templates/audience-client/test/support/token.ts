// What a token of this provider says that is meant for this server.

/** The value of OAUTH_AUDIENCE: the app client. */
export const audience = 'test-client';

export const goodClaims = { client_id: 'test-client', token_use: 'access' };
