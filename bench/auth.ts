/** What authorization costs: the same fast server, open and with OAuth. */
import { algorithms, environmentFor, type Issuer, startIssuer } from './issuer.js';
import { type Effort, measureLoad } from './load.js';
import { createMessage, type Era, eras } from './messages.js';
import { buildGenerated } from './project.js';
import type { Report } from './report.js';
import { startServer } from './server-process.js';
import { median, ratio } from './statistics.js';
import { describeGoal } from './table.js';

const effort: Effort = { rounds: 15, duration: 300 };
/** More than a server remembers: when a token comes round again, it has been forgotten. */
const manyTokens = 3_000;

export async function measureAuth(workspace: string, report: Report): Promise<void> {
  const issuer = await startIssuer();
  const env = { TOOLS: '1', ...environmentFor(issuer) };
  const open = await startServer({ ...buildGenerated(workspace, 'auth-open'), env });
  const jwt = await startServer({ ...buildGenerated(workspace, 'auth-jwt', ['--oauth']), env });
  const callers = await createCallers(issuer);

  const rows: string[][] = [];
  const overheads: { era: Era; percent: number }[] = [];
  for (const era of eras) {
    const message = createMessage('tools/call', era, 1);
    const base = { name: 'open', server: open, next: () => message };
    const variants = callers.map(({ name, nextToken }) => ({
      name,
      server: jwt,
      next: () => {
        const authorization = `Bearer ${nextToken()}`;
        return { ...message, headers: { ...message.headers, authorization } };
      },
    }));
    const results = await measureLoad([base, ...variants], effort);
    for (const [{ name }, times] of results) {
      const percent = (ratio(times, results.get(base) ?? []) - 1) * 100;
      rows.push([`${era}, ${name}`, median(times).toFixed(0), percent.toFixed(0)]);
      if (name === seenBefore) overheads.push({ era, percent });
    }
  }
  await Promise.all([open.stop(), jwt.stop()]);
  issuer.stop();

  report.table(
    `CPU time of tools/call, in µs (median of ${effort.rounds} alternating rounds)`,
    ['request', 'µs', 'more than open, %'],
    rows,
    [
      describeGoal(
        'a token seen before costs at most 12 % more',
        overheads.map(({ era, percent }) => `${era} ${percent.toFixed(0)} %`).join(', '),
        overheads.every(({ percent }) => percent <= 12),
      ),
    ],
  );
}

const seenBefore = 'OAuth, a token seen before';

async function createCallers(issuer: Issuer) {
  const one = await issuer.sign('RS256', 'somebody');
  const many = algorithms.map(async (algorithm) => {
    const signing = Array.from({ length: manyTokens }, (_, at) =>
      issuer.sign(algorithm, `user-${at}`),
    );
    const tokens = await Promise.all(signing);
    let used = 0;
    return {
      name: `OAuth, a new ${algorithm} token each time`,
      nextToken: () => tokens[used++ % tokens.length],
    };
  });
  return [{ name: seenBefore, nextToken: () => one }, ...(await Promise.all(many))];
}
