// The one logger: structured lines on stderr, because stdout belongs to the stdio transport.
import { pino } from 'pino';

/**
 * Log facts, never credentials. The redacted paths are a safety net for the day
 * somebody logs a whole request or token response.
 */
export const log = pino(
  {
    base: null,
    redact: {
      paths: [
        'authorization',
        'token',
        'access_token',
        'refresh_token',
        'id_token',
        'code',
        'secret',
      ]
        .flatMap((key) => [key, `*.${key}`])
        .concat('*.headers.authorization', '*.headers.cookie'),
      censor: '[redacted]',
    },
  },
  pino.destination({ fd: 2, sync: true }),
);
