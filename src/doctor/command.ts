/** `create-mcp-server doctor`: from what was typed to the exit status. */
import { lookup } from 'node:dns/promises';
import type { DoctorFlags } from '../cli.js';
import { asCommandError, ExitStatus } from '../errors.js';
import type { World } from '../main.js';
import { showSpinner } from '../spinner.js';
import { canRedraw, createStyle } from '../terminal.js';
import { parseRedirect, parseTarget, parseTimeout, refuseContradictions } from './arguments.js';
import { openBrowser } from './browser.js';
import { readGivenToken } from './given-token.js';
import { createHttp } from './http.js';
import { nodeFetch } from './node-fetch.js';
import { readProjectAddress } from './project-address.js';
import { proxyFor } from './proxy.js';
import { describeDiagnosis, diagnosisToJson } from './report.js';
import { diagnose, type Target } from './run.js';
import { createSecrets } from './secrets.js';
import { clean, spellDuration } from './text.js';

/** How long a person may take for a login, in milliseconds. */
const patience = 5 * 60_000;

/**
 * @returns `failed` if there is a problem
 * @throws UsageError for what cannot be diagnosed, CancelledError
 */
export async function runDoctor(
  flags: DoctorFlags,
  json: boolean,
  world: World,
): Promise<ExitStatus> {
  const { env, stdout, stderr, signal } = world;
  const url = parseTarget(flags.url ?? readProjectAddress(world.cwd, env));
  const timeout = parseTimeout(flags.timeout);
  refuseContradictions(flags);
  const redirectUri =
    flags.redirectUri === undefined ? undefined : parseRedirect(flags.redirectUri);
  const secrets = createSecrets();
  const token = await readGivenToken(flags, world);
  const tools = {
    now: Date.now,
    http: createHttp({
      fetch: nodeFetch,
      resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
      proxyFor: (target) => proxyFor(target, env),
      timeout,
      allowPrivate: flags.allowPrivate,
      signal,
      userAgent: `create-mcp-server-doctor/${world.version}`,
    }),
  };
  const target: Target = {
    url,
    register: flags.register,
    ...(token !== undefined && { token }),
    ...(flags.login && {
      login: {
        signal,
        patience,
        ...(flags.clientId !== undefined && { clientId: flags.clientId }),
        ...(redirectUri && { redirectUri }),
        visit: (page: string) => {
          stderr.write(
            `Log in here within ${spellDuration(patience / 1000)}; your browser should open by itself:\n\n  ${clean(page, 4000)}\n\n`,
          );
          openBrowser(page, env);
        },
      },
    }),
  };
  const work = diagnose(target, secrets, tools);
  const quiet = json || flags.login || !canRedraw(stderr, env);
  const diagnosis = await (quiet ? work : showSpinner(stderr, `Asking ${url}`, work)).catch(
    (error: unknown) => {
      throw asCommandError(error, signal);
    },
  );
  if (json) stdout.write(`${JSON.stringify(diagnosisToJson(diagnosis), null, 2)}\n`);
  else {
    const style = createStyle(stdout, env);
    const width = Math.max(40, Math.min(style.width ?? 100, 110));
    stdout.write(describeDiagnosis(diagnosis, style, width));
  }
  return diagnosis.findings.some(({ level }) => level === 'problem')
    ? ExitStatus.failed
    : ExitStatus.done;
}
