// The server as a Worker. On this machine `index.ts` serves the same app on a port.
import { env, waitUntil } from 'cloudflare:workers';
import { createApp } from './app.js';
import { loadConfig } from './config.js';
import { log, logToConsole } from './log.js';
import { withoutEmpty } from './settings.js';
import { startLazily } from './start-lazily.js';

logToConsole();

// A setting that is wrong has to be a sentence in the log, and not the end of the Worker.
const app = startLazily(async () => {
  const config = loadConfig(withoutEmpty(env));
  log.level = config.logLevel;
  return createApp(config);
});

export default {
  fetch(request: Request): Promise<Response> {
    const answer = app(request);
    // Others may wait for the same start: it must not end when the client of this request goes away.
    waitUntil(answer);
    return answer;
  },
};
