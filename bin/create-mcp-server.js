#!/usr/bin/env node
// Runs on any Node, however old: no static import, no syntax newer than import() itself. Whatever
// needs a current Node is behind the version check.
var required = [20, 19];
var running = process.versions.node.split('.').map(Number);

if (running[0] < required[0] || (running[0] === required[0] && running[1] < required[1])) {
  console.error(
    'create-mcp-server needs Node.js ' +
      required.join('.') +
      ' or newer; this is ' +
      process.versions.node +
      '.\nInstall a current version from https://nodejs.org and run the command again.',
  );
  process.exitCode = 1;
} else {
  import('../dist/index.js');
}
