#!/usr/bin/env node
// The server for hosts that start it themselves and talk over stdin and stdout.
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { announceChanges } from './changes.js';
import { readEnvironment } from './environment.js';
import { exitWith } from './exit.js';
import { log } from './log.js';
import { createServer } from './server.js';
import { loadLogLevel } from './server-config.js';

try {
  // It is started anywhere, so the file `.env` of wherever that is has nothing to say.
  log.level = loadLogLevel(readEnvironment(null));
  serveStdio(({ era }) => {
    const server = createServer();
    announceChanges(server, era);
    return server;
  });
} catch (error) {
  exitWith(error);
}
