// The server as a Vercel Function. On this machine `index.ts` serves the same app on a port.
import { createApp } from './app.js';
import { loadConfig } from './config.js';
import { readEnvironment } from './environment.js';
import { log } from './log.js';
import { startLazily } from './start-lazily.js';

// A start that fails must not be the end of the instance: the next request tries again.
const app = startLazily(async () => {
  const config = loadConfig(readEnvironment(null));
  log.level = config.logLevel;
  return createApp(config);
});

export default { fetch: app };
