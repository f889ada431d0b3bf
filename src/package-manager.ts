/** The package managers a project can be made for, and the commands of each. */

/** The commands of one package manager, as a user types them in the project's directory. */
export interface PackageManager {
  readonly id: string;
  /** Installs everything, writing the lockfile. */
  readonly install: string;
  /** Prefix that runs a script: `${run} dev`. Never the short form, which commands of its own go before. */
  readonly run: string;
  /** The same, printing nothing but what the script prints. */
  readonly silent: string;
  readonly test: string;
  readonly start: string;
  readonly lockfile: string;
  /** A file of settings that installing needs too; empty if there is none. */
  readonly settings: string;
  /** Installs exactly what the lockfile says. */
  readonly ci: string;
  /** The same without development dependencies. */
  readonly ciProduction: string;
  /** Puts the package manager on a plain Node image; empty if it is already there. */
  readonly setup: string;
}

const npm = {
  id: 'npm',
  install: 'npm install',
  run: 'npm run',
  silent: 'npm run --silent',
  test: 'npm test',
  start: 'npm start',
  lockfile: 'package-lock.json',
  settings: '',
  ci: 'npm ci',
  ciProduction: 'npm ci --omit=dev',
  setup: '',
} satisfies PackageManager;

const pnpm = {
  id: 'pnpm',
  install: 'pnpm install',
  run: 'pnpm run',
  silent: 'pnpm --silent run',
  test: 'pnpm test',
  start: 'pnpm start',
  lockfile: 'pnpm-lock.yaml',
  settings: 'pnpm-workspace.yaml',
  ci: 'pnpm install --frozen-lockfile',
  ciProduction: 'pnpm install --frozen-lockfile --prod',
  setup: 'npm install --global pnpm@12',
} satisfies PackageManager;

const yarn = {
  id: 'yarn',
  install: 'yarn install',
  run: 'yarn run',
  silent: 'yarn --silent run',
  test: 'yarn test',
  start: 'yarn start',
  lockfile: 'yarn.lock',
  settings: '',
  ci: 'yarn install --frozen-lockfile',
  ciProduction: 'yarn install --frozen-lockfile --production',
  // Node's official images ship Yarn classic.
  setup: '',
} satisfies PackageManager;

const bun = {
  id: 'bun',
  install: 'bun install',
  run: 'bun run',
  silent: 'bun run --silent',
  // `bun test` is Bun's own test runner, not the script.
  test: 'bun run test',
  start: 'bun run start',
  lockfile: 'bun.lock',
  settings: '',
  ci: 'bun install --frozen-lockfile',
  ciProduction: 'bun install --frozen-lockfile --production',
  setup: 'npm install --global bun@1',
} satisfies PackageManager;

/** All of them; the first is the default. */
export const packageManagers = [npm, pnpm, yarn, bun] as const satisfies readonly PackageManager[];

export const defaultPackageManager: PackageManager = npm;

/**
 * The package manager that runs this process.
 *
 * @param userAgent `npm_config_user_agent`, such as `pnpm/12.0.1 npm/? node/v22.1.0 linux x64`
 * @returns undefined if there is none, or one that is not supported
 */
export function detectPackageManager(userAgent: string | undefined): PackageManager | undefined {
  const id = userAgent?.split('/', 1)[0];
  return packageManagers.find((manager) => manager.id === id);
}
