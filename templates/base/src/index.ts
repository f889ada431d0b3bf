// The start script: the server over HTTP.
import { createApp } from './app.js';
import { type Config, loadConfig } from './config.js';
import { readEnvironment } from './environment.js';
import { exitWith } from './exit.js';
import { listen } from './listen.js';
import { log } from './log.js';
import { isLoopback } from './settings.js';
import { shutDownOnSignal } from './shutdown.js';

try {
  const config = loadConfig(readEnvironment());
  log.level = config.logLevel;
  const app = await createApp(config);
  const server = await listen(app, config);
  shutDownOnSignal(server, app.close);
  log.info(
    { url: config.resource.href, host: config.host, port: config.port },
    'The MCP server is listening',
  );
  warnAboutReach(config);
} catch (error) {
  exitWith(error);
}

/** Settings that each are fine, but together make an address that clients cannot use. */
function warnAboutReach({ host, port, resource }: Config): void {
  if (!isLoopback(resource)) return;
  if (host === '0.0.0.0') {
    log.warn('PUBLIC_URL names this machine, so clients elsewhere cannot use the server');
  } else if (resource.port !== String(port)) {
    log.warn({ port, url: resource.href }, 'PUBLIC_URL names another port than PORT');
  }
}
