/** The proxy that the environment names for an address: HTTPS_PROXY, HTTP_PROXY, NO_PROXY. */

import { isLoopbackHost } from './addresses.js';

/** @returns the proxy's address, or undefined where the connection is direct */
export function proxyFor(url: URL, env: NodeJS.ProcessEnv): URL | undefined {
  const read = (name: string) => env[name.toLowerCase()] || env[name];
  const value = read(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') ?? read('ALL_PROXY');
  if (value === undefined || isExcepted(url, read('NO_PROXY') ?? '')) return undefined;
  const spelled = value.includes('://') ? value : `http://${value}`;
  return URL.canParse(spelled) ? new URL(spelled) : undefined;
}

/** Loopback addresses are never asked of a proxy: it would look on its own machine. */
function isExcepted({ hostname, port, protocol }: URL, list: string): boolean {
  if (isLoopbackHost(hostname)) return true;
  const actual = port || (protocol === 'https:' ? '443' : '80');
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => {
      const [, name = '', wanted] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (wanted !== undefined && wanted !== actual) return false;
      const suffix = name.replace(/^\*?\.?/, '');
      return name === '*' || hostname === suffix || hostname.endsWith(`.${suffix}`);
    });
}
