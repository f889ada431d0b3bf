/** `create-mcp-server doctor`: from what was typed to the exit status. */
import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { resolve as resolvePath } from 'node:path';
import type { DoctorFlags } from '../cli.js';
import { invocation } from '../command.js';
import { asCommandError, ExitStatus, systemReason, UsageError } from '../errors.js';
import type { World } from '../main.js';
import { showSpinner } from '../spinner.js';
import { createStyle } from '../terminal.js';
import { isLoopbackHost } from './addresses.js';
import { openBrowser } from './browser.js';
import { createHttp } from './http.js';
import { nodeFetch } from './node-fetch.js';
import { proxyFor } from './proxy.js';
import { describeDiagnosis, diagnosisToJson } from './report.js';
import { diagnose, type Target } from './run.js';
import { createSecrets } from './secrets.js';
import { clean } from './text.js';
import { unwrapToken } from './token-form.js';

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
  const url = parseTarget(flags.url);
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
    insecure: url.startsWith('http:') && !isLoopbackHost(new URL(url).hostname),
    register: flags.register,
    ...(token !== undefined && { token }),
    ...(flags.login && {
      login: {
        signal,
        ...(flags.clientId !== undefined && { clientId: flags.clientId }),
        ...(redirectUri && { redirectUri }),
        visit: (page: string) => {
          stderr.write(
            `Log in here; your browser should open by itself:\n\n  ${clean(page, 4000)}\n\n`,
          );
          openBrowser(page);
        },
      },
    }),
  };
  const work = diagnose(target, secrets, tools);
  const quiet = json || flags.login || stderr.isTTY !== true;
  const diagnosis = await (quiet ? work : showSpinner(stderr, `Asking ${url}`, work)).catch(
    (error: unknown) => {
      throw asCommandError(error, signal);
    },
  );
  if (json) stdout.write(`${JSON.stringify(diagnosisToJson(diagnosis), null, 2)}\n`);
  else {
    const { columns = 100 } = stdout as { columns?: number };
    const width = Math.max(40, Math.min(columns, 110));
    stdout.write(describeDiagnosis(diagnosis, createStyle(stdout, env), width));
  }
  return diagnosis.findings.some(({ level }) => level === 'problem')
    ? ExitStatus.failed
    : ExitStatus.done;
}

/** @throws UsageError */
function parseTarget(given: string | undefined): string {
  const example = `Run: ${invocation} doctor https://mcp.example.com/mcp`;
  if (given === undefined) {
    throw new UsageError('URL_MISSING', {
      what: 'No address was given',
      why: 'The doctor looks at one MCP server.',
      fix: example,
    });
  }
  const refuse = (what: string, why: string) =>
    new UsageError('URL_INVALID', { what, why, fix: example });
  if (!/^https?:\/\/[^/]/i.test(given) || !URL.canParse(given)) {
    throw refuse(
      `${JSON.stringify(given)} is not the address of an MCP server`,
      'It is an http or https URL, written in full.',
    );
  }
  const url = new URL(given);
  if (url.username !== '' || url.password !== '') {
    throw refuse(
      'The address contains a user name or a password',
      'It is shown in the report, and MCP servers do not take them.',
    );
  }
  if (url.hash !== '') throw refuse('The address has a fragment (#…)', 'Servers never see it.');
  // As it was typed: letter for letter is what the diagnosis is about. The slash of a bare host is not.
  return given;
}

/** @returns milliseconds */
function parseTimeout(given: string | undefined): number {
  const seconds = given === undefined ? 10 : Number(given);
  if (Number.isFinite(seconds) && seconds > 0 && seconds <= 300) return seconds * 1000;
  throw new UsageError('OPTION_INVALID', {
    what: `--timeout ${JSON.stringify(given)} is not a number of seconds`,
    why: 'It says how long one answer may take: more than 0, at most 300.',
    fix: 'Write for example: --timeout 30',
  });
}

/** @throws UsageError */
function parseRedirect(given: string): URL {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol === 'http:' && isLoopbackHost(url.hostname) && url.port !== '') return url;
  throw new UsageError('OPTION_INVALID', {
    what: `--redirect-uri ${JSON.stringify(given)} is not an address on this machine`,
    why: 'The login ends there, so this command has to listen on it.',
    fix: 'Write for example: --redirect-uri http://127.0.0.1:8976/callback',
  });
}

function refuseContradictions({
  login,
  clientId,
  redirectUri,
  tokenStdin,
  tokenFile,
}: DoctorFlags) {
  const refuse = (what: string, why: string, fix: string) => {
    throw new UsageError('OPTION_CONFLICT', { what, why, fix });
  };
  const token = tokenStdin || tokenFile !== undefined;
  if (tokenStdin && tokenFile !== undefined) {
    refuse(
      '--token-stdin and --token-file contradict each other',
      'One token is looked at.',
      'Leave one of them out.',
    );
  }
  if (login && token) {
    refuse(
      '--login and a given token contradict each other',
      'The login brings a token of its own.',
      'Leave one of them out.',
    );
  }
  for (const [name, value] of [
    ['--client-id', clientId],
    ['--redirect-uri', redirectUri],
  ]) {
    if (value !== undefined && !login) {
      refuse(`${name} needs --login`, 'It belongs to the client that logs in.', 'Add --login.');
    }
  }
}

/** Nobody has a longer token, and headers do not take one. */
const longestToken = 64 * 1024;

/** @throws UsageError */
async function readGivenToken(flags: DoctorFlags, world: World): Promise<string | undefined> {
  const { tokenStdin, tokenFile } = flags;
  if (!tokenStdin && tokenFile === undefined) return undefined;
  const option = tokenStdin ? '--token-stdin' : '--token-file';
  if (tokenStdin && world.stdin.isTTY) {
    world.stderr.write('Paste the token, then press Enter and Ctrl-D:\n');
  }
  const text =
    tokenFile === undefined ? await readStream(world) : await readTokenFile(tokenFile, world);
  const found = text.length > longestToken ? undefined : unwrapToken(text);
  if (found === undefined) {
    throw new UsageError('TOKEN_MISSING', {
      what: `${option} gave no token`,
      why: text.trim() === '' ? 'There was nothing.' : 'It is too long, or has no access_token.',
      fix: `For example: ${invocation} doctor ${flags.url} --token-stdin < token.txt`,
    });
  }
  return found.token;
}

async function readStream({ stdin, signal }: World): Promise<string> {
  let text = '';
  signal.addEventListener('abort', () => stdin.destroy(), { once: true });
  stdin.setEncoding('utf8');
  for await (const chunk of stdin) {
    text += chunk;
    if (text.length > longestToken) break;
  }
  signal.throwIfAborted();
  return text;
}

async function readTokenFile(path: string, { cwd }: World): Promise<string> {
  try {
    return await readFile(resolvePath(cwd, path), 'utf8');
  } catch (error) {
    throw new UsageError('TOKEN_FILE', {
      what: `--token-file ${JSON.stringify(path)} cannot be read`,
      why: systemReason(error),
      fix: 'Check the path.',
    });
  }
}
