// The server as a Worker. On this machine `index.ts` serves the same app on a port.
import { env, waitUntil } from 'cloudflare:workers';
import { createApp } from './app.js';
import { loadConfig } from './config.js';
import { log, logToConsole } from './log.js';
import { withoutEmpty } from './settings.js';
import { startLazily } from './start-lazily.js';

logToConsole();

// Workers may not fetch before there is a request, and the login begins with fetching.
const app = startLazily(async () => {
  const config = loadConfig(withoutEmpty(env));
  log.level = config.logLevel;
  return createApp(config, { background: waitUntil });
});

export default {
  fetch(request: Request): Promise<Response> {
    const answer = app(request);
    // Others may wait for what this request fetches: it must not end when its client goes away.
    waitUntil(answer);
    return answer;
  },
};
