/** What a project says of a deployment that does not exist yet: words that a person replaces. */
import { defaultAudience } from './defaults.js';
import type { Options } from './options.js';

export interface WorkerContext {
  /** Of the Worker: a label of a host name. */
  readonly name: string;
  readonly publicUrl: string;
  /** Only with OAuth, as is the other. */
  readonly issuer?: string;
  readonly audience?: string;
}

export function describeWorker({ name, oauth }: Pick<Options, 'name' | 'oauth'>): WorkerContext {
  const label = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');
  const publicUrl = `https://${label}.example.workers.dev`;
  if (oauth === undefined) return { name: label, publicUrl };
  return {
    name: label,
    publicUrl,
    issuer: oauth.development ? 'https://login.example.com' : oauth.issuer,
    audience: oauth.audience === defaultAudience ? `${publicUrl}/mcp` : oauth.audience,
  };
}
