// The one logger: structured lines on stderr, because stdout belongs to the stdio transport.
import { pino } from 'pino';

/** Names under which credentials are found in requests, token responses and their errors. */
const secrets = [
  ...['authorization', 'Authorization', 'cookie', 'set-cookie', 'password', 'secret'],
  ...['token', 'access_token', 'refresh_token', 'id_token', 'assertion', 'client_secret'],
];

export const options = {
  base: null,
  redact: {
    paths: secrets
      .map((name) => `["${name}"]`)
      .flatMap((name) => [name, `*${name}`, `*.*${name}`, `*.*.*${name}`]),
    censor: '[redacted]',
  },
};

/**
 * Log facts, never credentials. What is redacted, a few levels deep, is a safety net for the day
 * somebody logs a whole request or token response.
 */
export const log = pino(options, pino.destination({ fd: 2, sync: true }));
