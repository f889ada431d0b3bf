// `npm start`: the server over HTTP.
import { createApp } from './app.js';
import { loadConfig } from './config.js';
import { exitWith } from './exit.js';
import { listen } from './listen.js';
import { log } from './log.js';
import { isLoopback } from './settings.js';
import { shutDownOnSignal } from './shutdown.js';

try {
  const config = loadConfig();
  log.level = config.logLevel;
  const server = await listen(await createApp(config), config);
  shutDownOnSignal(server);
  log.info(
    { url: config.resource.href, host: config.host, port: config.port },
    'The MCP server is listening',
  );
  if (config.host === '0.0.0.0' && isLoopback(config.resource)) {
    log.warn(
      { host: config.host, url: config.resource.href },
      'PUBLIC_URL names this machine, so clients elsewhere cannot use the server',
    );
  }
} catch (error) {
  exitWith(error);
}
