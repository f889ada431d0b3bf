/** The package managers a project can be made for, and the commands of each. */

/** The commands of one package manager, as a user types them in the project's directory. */
export interface PackageManager {
  readonly id: string;
  /** What people call it. */
  readonly title: string;
  /** The program that has to be on the PATH. */
  readonly program: string;
  /** Installs everything, writing the lockfile. */
  readonly install: string;
  /** What lets it write a lockfile in continuous integration too. */
  readonly environment: Readonly<Record<string, string>>;
  /** Prefix that runs a script: `${run} dev`. Never the short form, which commands of its own go before. */
  readonly run: string;
  /** The same, printing nothing but what the script prints. */
  readonly silent: string;
  readonly test: string;
  readonly start: string;
  readonly lockfile: string;
  /** A file of settings that installing needs too; empty if there is none. The layer of its id has it. */
  readonly settings: string;
  /** What it leaves in the project besides node_modules; empty if it is nothing. */
  readonly ignored: string;
  /** Installs exactly what the lockfile says. */
  readonly ci: string;
  /** The same without development dependencies. */
  readonly ciProduction: string;
  /** The line of a Dockerfile that puts it on the image of Node 24; empty if it is there. */
  readonly image: string;
  /** The step of a GitHub workflow that makes it available; empty if it is there. */
  readonly workflow: string;
}

const npm = {
  id: 'npm',
  title: 'npm',
  program: 'npm',
  install: 'npm install',
  environment: {},
  run: 'npm run',
  silent: 'npm run --silent',
  test: 'npm test',
  start: 'npm start',
  lockfile: 'package-lock.json',
  settings: '',
  ignored: '',
  ci: 'npm ci',
  ciProduction: 'npm ci --omit=dev',
  image: '',
  workflow: '',
} satisfies PackageManager;

const pnpm = {
  id: 'pnpm',
  title: 'pnpm',
  program: 'pnpm',
  install: 'pnpm install',
  environment: {},
  run: 'pnpm run',
  silent: 'pnpm --silent run',
  test: 'pnpm test',
  start: 'pnpm start',
  lockfile: 'pnpm-lock.yaml',
  settings: 'pnpm-workspace.yaml',
  ignored: '',
  ci: 'pnpm install --frozen-lockfile',
  ciProduction: 'pnpm install --frozen-lockfile --prod',
  image: 'RUN npm install --global pnpm@12',
  workflow: 'run: npm install --global pnpm@12',
} satisfies PackageManager;

const yarn = {
  id: 'yarn',
  title: 'Yarn 4',
  program: 'yarn',
  install: 'yarn install',
  // It refuses to change a lockfile where CI is set.
  environment: { YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' },
  run: 'yarn run',
  silent: 'yarn run',
  test: 'yarn test',
  start: 'yarn start',
  lockfile: 'yarn.lock',
  settings: '.yarnrc.yml',
  ignored: '.yarn/',
  ci: 'yarn install --immutable',
  ciProduction: 'yarn workspaces focus --production',
  // Corepack, which comes with Node 24, runs the version that package.json names.
  image: 'RUN corepack enable',
  workflow: 'run: corepack enable',
} satisfies PackageManager;

const yarnClassic = {
  id: 'yarn-classic',
  title: 'Yarn 1 (Classic)',
  program: 'yarn',
  install: 'yarn install',
  environment: {},
  run: 'yarn run',
  silent: 'yarn --silent run',
  test: 'yarn test',
  start: 'yarn start',
  lockfile: 'yarn.lock',
  settings: '',
  ignored: '',
  ci: 'yarn install --frozen-lockfile',
  ciProduction: 'yarn install --frozen-lockfile --production',
  // Node's official images and GitHub's machines have it.
  image: '',
  workflow: '',
} satisfies PackageManager;

const bun = {
  id: 'bun',
  title: 'Bun',
  program: 'bun',
  install: 'bun install',
  environment: {},
  run: 'bun run',
  silent: 'bun run --silent',
  // `bun test` is Bun's own test runner, not the script.
  test: 'bun run test',
  start: 'bun run start',
  lockfile: 'bun.lock',
  settings: '',
  ignored: '',
  ci: 'bun install --frozen-lockfile',
  ciProduction: 'bun install --frozen-lockfile --production',
  image: 'COPY --from=oven/bun:1-slim /usr/local/bin/bun /usr/local/bin/bun',
  workflow: 'uses: oven-sh/setup-bun@v2',
} satisfies PackageManager;

/** All of them; the first is the default. */
export const packageManagers = [
  npm,
  pnpm,
  yarn,
  yarnClassic,
  bun,
] as const satisfies readonly PackageManager[];

export const defaultPackageManager: PackageManager = npm;

/**
 * The package manager that runs this process.
 *
 * @param userAgent `npm_config_user_agent`, such as `pnpm/12.0.1 npm/? node/v22.1.0 linux x64`
 * @returns undefined if there is none, or one that is not supported
 */
export function detectPackageManager(userAgent: string | undefined): PackageManager | undefined {
  if (userAgent === undefined) return undefined;
  const [program, version = ''] = userAgent.split(' ', 1)[0]?.split('/') ?? [];
  if (program === 'yarn' && /^[01]\./.test(version)) return yarnClassic;
  return packageManagers.find(({ id }) => id === program);
}
