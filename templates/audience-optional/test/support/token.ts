// What a token of this provider says that is meant for this server.

/** The value of OAUTH_AUDIENCE. */
export const audience = 'https://mcp.example.com/mcp';

export const goodClaims = { aud: audience, client_id: 'test-client' };
