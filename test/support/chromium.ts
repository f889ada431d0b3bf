// The real browser of tests that look at pages.
import { type Browser, chromium } from 'playwright-core';
import { findProgram } from './program.js';

export const chromiumProgram = findProgram('chromium');

/** @param hosts names that lead to a port of this machine: `{ 'mcp.example.com': 8443 }` */
export function launchChromium(hosts: Record<string, number> = {}): Promise<Browser> {
  const rules = Object.entries(hosts).map(([name, port]) => `MAP ${name} 127.0.0.1:${port}`);
  return chromium.launch({
    executablePath: chromiumProgram.path ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--no-proxy-server',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--host-resolver-rules=${rules.join(',')}`,
    ],
  });
}
