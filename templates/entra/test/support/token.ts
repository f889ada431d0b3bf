// What a token of this provider says that is meant for this server.

/** The value of OAUTH_AUDIENCE: the client id of the API's app registration. */
export const audience = '11111111-2222-3333-4444-555555555555';

export const goodClaims = {
  aud: audience,
  azp: 'test-client',
  tid: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
};
