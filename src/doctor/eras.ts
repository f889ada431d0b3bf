/** Which protocol eras the server speaks: 2025 (`initialize`), 2026-07-28 (`server/discover`). */
import { type Catalogue, type Checked, findingsOf } from './finding.js';
import type { Answer, Failure } from './http.js';
import { messageIn } from './read-body.js';
import { discoverRequest, initializeRequest, legacyRevision, modernRevision } from './rpc.js';
import { specification } from './specification.js';
import { spell } from './text.js';
import type { Tools } from './tools.js';

const lifecycle = specification.versioning;

export const erasFindings = {
  'eras-both': { level: 'ok', title: 'The server speaks to clients of both protocol eras' },
  'eras-legacy': {
    level: 'note',
    title: 'The server speaks to clients of 2025 only',
    why: 'Newer clients still know that protocol, and are about to drop it.',
    cure: `Update the server’s SDK to one that serves ${modernRevision}.`,
    page: lifecycle,
  },
  'eras-modern': {
    level: 'note',
    title: 'The server speaks to clients of 2026-07-28 only',
    why: 'Many clients in use begin with initialize, and fail.',
    cure: 'Serve 2025-era requests too, as long as such clients matter to you.',
    page: lifecycle,
  },
  'eras-none': {
    level: 'problem',
    title: 'The server understands neither initialize nor server/discover',
    why: 'No client gets any further than this.',
    cure: 'Look at the answers: the path may belong to another service, or the server wants more than a client sends.',
    page: lifecycle,
  },
} as const satisfies Catalogue;

const find = findingsOf(erasFindings);

/** @param token where the server asks for one; goes to `url` only */
export async function checkEras(
  url: string,
  token: string | undefined,
  { http }: Tools,
): Promise<Checked<undefined>> {
  const asking = token === undefined ? {} : { token };
  const [legacy, modern] = await Promise.all([
    http.ask(initializeRequest(url, asking)),
    http.ask(discoverRequest(url, asking)),
  ]);
  const [first, second] = [succeeded(legacy), succeeded(modern)];
  if (first && second) {
    const seen = { revisions: `${legacyRevision}, ${modernRevision}` };
    return { findings: [find('eras-both', seen)], value: undefined };
  }
  const seen = { initialize: describe(legacy), 'server/discover': describe(modern) };
  const id = first ? 'eras-legacy' : second ? 'eras-modern' : 'eras-none';
  return { findings: [find(id, seen)], value: undefined };
}

function succeeded(answer: Answer | Failure): boolean {
  if (answer.failed !== undefined) return false;
  return answer.status === 200 && messageIn(answer.text)?.result !== undefined;
}

function describe(answer: Answer | Failure): string {
  if (answer.failed !== undefined) return `no answer (${answer.detail})`;
  if (succeeded(answer)) return 'understood';
  const { error } = messageIn(answer.text) ?? {};
  const message = (error as { message?: unknown } | undefined)?.message;
  return `status ${answer.status}${typeof message === 'string' ? `: ${spell(message)}` : ''}`;
}
