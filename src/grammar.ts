/**
 * What can be typed: every command with its argument and its options, as data. The parser, --help,
 * the line for those who cannot be asked, and the published schema are made of it.
 */
import { defaultDeployment, deployments } from './deployments.js';
import { defaultExample, examples } from './examples.js';
import { defaultFramework, frameworks } from './frameworks.js';
import type { CommandRow } from './option.js';
import { packageManagers } from './package-manager.js';
import { authModes, defaultProvider, providers } from './providers/index.js';
import { schemaNames } from './schema-file.js';

const json = '--json';

/** A character that may stand in an environment file as it is: src/values.ts. */
const plain = '[!%&(-\\[\\]-_a-~]';

/** No query, no fragment, no user, no metadata document; http on loopback only. */
const issuer = `^(?!.*(\\?|/\\.well-known/))(https://|http://(?=(localhost|127\\.0\\.0\\.1|\\[::1\\])(:|/|$)))(?!/|[^/]*@)${plain}+$`;

/** How the endpoint is protected. */
const login = {
  provider: {
    name: '--provider',
    value: 'id',
    help: 'identity provider preset; implies --oauth',
    choices: providers.map(({ id }) => id),
    usual: defaultProvider.id,
  },
  set: {
    name: '--set',
    value: 'name=value',
    repeatable: true,
    help: 'a setting of the preset, such as domain; repeatable',
  },
  authMode: {
    name: '--auth-mode',
    value: 'mode',
    help: 'where tokens come from and how they are checked',
    choices: authModes,
    usual: 'what the preset has',
  },
  issuer: {
    name: '--issuer',
    value: 'url',
    help: 'issuer of the provider; without it, one for development comes along',
    pattern: issuer,
  },
  audience: {
    name: '--audience',
    value: 'value',
    help: 'audience that access tokens must name',
    pattern: `^(?!-)${plain}+$`,
  },
  scopes: {
    name: '--scopes',
    value: 'list',
    help: 'scopes that every request needs, separated by commas',
    pattern: `^(?!-)(?=.*[^ ,])(${plain}| )+$`,
  },
} as const satisfies CommandRow['options'];

/** What every command has that changes a project. */
const changing = {
  conflicts: {
    name: '--conflicts',
    value: 'how',
    help: 'what becomes of files that you changed in the same places: mark both sides in them, or keep yours and put the new one beside, as FILE.new',
    choices: ['mark', 'keep'],
    usual: 'nothing is written at all',
  },
  allowDirty: {
    name: '--allow-dirty',
    help: 'change a project with uncommitted changes, or without a git repository',
  },
  install: { name: '--no-install', help: 'do not install dependencies' },
  dryRun: { name: '--dry-run', help: 'show the difference, write nothing' },
  json: { name: json, help: 'print the result, the plan or the error as one JSON document' },
} as const satisfies CommandRow['options'];

export const commands = {
  scaffold: {
    summary: 'Scaffold an MCP server that is ready for production',
    argument: { name: 'directory', help: 'where to write; its base name is the package name' },
    single: 'One directory is made at a time.',
    options: {
      oauth: {
        name: '--oauth',
        help: 'protect the HTTP endpoint (asked if not given, else off)',
        opposite: 'leave the HTTP endpoint open',
      },
      ...login,
      framework: {
        name: '--framework',
        value: 'name',
        help: 'HTTP framework',
        choices: frameworks.map(({ id }) => id),
        usual: defaultFramework.id,
      },
      example: {
        name: '--example',
        value: 'name',
        help: 'which tools, resources and prompts come along',
        choices: examples.map(({ id }) => id),
        usual: defaultExample.id,
      },
      deploy: {
        name: '--deploy',
        value: 'target',
        help: 'files for a deployment',
        choices: deployments.map(({ id }) => id),
        usual: defaultDeployment.id,
      },
      packageManager: {
        name: '--package-manager',
        value: 'name',
        help: 'package manager of the project',
        choices: packageManagers.map(({ id }) => id),
        usual: 'the one that runs this',
      },
      install: { name: '--no-install', help: 'do not install dependencies' },
      git: { name: '--no-git', help: 'do not create a repository with a first commit' },
      yes: { name: '--yes', short: '-y', help: 'take every default, ask nothing' },
      dryRun: { name: '--dry-run', help: 'show what would be written, write nothing' },
      json: { name: json, help: 'print the result, the plan or the error as one JSON document' },
      overwrite: {
        name: '--overwrite',
        help: 'write into a directory that is not empty, replacing files of the plan',
      },
    },
  },
  add: {
    summary: 'extend the project in this directory',
    argument: { name: 'feature', help: 'oauth, provider, tool, resource or prompt' },
    subject: { name: 'name', help: 'what it is called; of a provider: the id of its preset' },
    single: 'One thing is added at a time.',
    foreign: 'It belongs to scaffolding.',
    options: {
      ...login,
      provider: { ...login.provider, help: 'identity provider preset, with "oauth"' },
      scope: {
        name: '--scope',
        value: 'scope',
        help: 'a scope that callers of the tool need, with "tool"',
      },
      ...changing,
    },
    remark:
      'Files that you have not touched are replaced, others are merged. Nothing is written if that\nleaves conflicts, unless --conflicts says how.',
  },
  upgrade: {
    summary: 'bring the project in this directory to the state of this version',
    single: 'It works in the directory of the project.',
    foreign: 'It belongs to scaffolding.',
    options: changing,
    remark:
      'Files that you have not touched are replaced, others are merged. Nothing is written if that\nleaves conflicts, unless --conflicts says how.',
  },
  providers: {
    summary: 'list the identity provider presets, or explain one',
    argument: { name: 'id', help: 'the preset to explain' },
    single: 'One preset is explained at a time.',
    foreign: 'It only shows presets.',
    options: { json: { name: json, help: 'print JSON' } },
  },
  schema: {
    summary: 'print the JSON schema of the options, or of what --json prints',
    argument: { name: 'name', help: schemaNames.join(' or ') },
    single: 'One schema is printed at a time.',
    foreign: 'It only prints a schema.',
    options: { json: { name: json, help: 'print errors as JSON, too' } },
  },
  doctor: {
    summary: 'say why the login of an MCP server does not work, and what to change',
    argument: {
      name: 'url',
      help: 'the address of the MCP server, as clients use it (default: what .env in this directory says)',
    },
    single: 'One server is looked at at a time.',
    foreign: 'It belongs to scaffolding.',
    options: {
      register: {
        name: '--register',
        help: 'register test clients, compare scopes, and delete the clients again',
      },
      login: { name: '--login', help: 'log in with your browser, and try the token' },
      clientId: {
        name: '--client-id',
        value: 'id',
        help: 'the client to log in with, if it was registered by hand',
      },
      redirectUri: {
        name: '--redirect-uri',
        value: 'url',
        help: 'the loopback address that was registered with it',
      },
      tokenStdin: {
        name: '--token-stdin',
        help: 'read a token from stdin and say what is wrong with it',
      },
      tokenFile: { name: '--token-file', value: 'path', help: 'the same, from a file' },
      allowPrivate: {
        name: '--allow-private',
        help: 'fetch private addresses that public documents name',
      },
      timeout: {
        name: '--timeout',
        value: 'seconds',
        help: 'how long one answer may take',
        usual: '10',
      },
      json: { name: json, help: 'print the findings as one JSON document' },
    },
    remark:
      'Exit status: 0 healthy, 1 problems found, 2 wrong usage. The token is decoded on this machine,\nsent to the server under diagnosis only, and never shown.',
  },
  conformance: {
    summary: 'test how an MCP server treats tokens, by a provider of its own that issues any',
    argument: { name: 'url', help: 'the address of the MCP server, as clients use it' },
    rest: {
      name: 'command',
      help: 'what starts the server; without it, somebody else does',
    },
    single: 'One server is tested at a time; the command that starts it comes after --.',
    foreign: 'It belongs to scaffolding.',
    options: {
      env: {
        name: '--env',
        value: 'name=value',
        repeatable: true,
        help: 'a variable for the command, such as ISSUER={issuer}; repeatable',
      },
      issuerPort: {
        name: '--issuer-port',
        value: 'port',
        help: 'where the provider listens',
        usual: '4444; with a command, any',
      },
      tokens: {
        name: '--tokens',
        value: 'format',
        help: 'what the provider issues',
        choices: ['jwt', 'opaque'],
        usual: 'jwt',
      },
      audience: {
        name: '--audience',
        value: 'value',
        help: 'the audience that the server wants',
        usual: 'its address',
      },
      scopes: {
        name: '--scopes',
        value: 'list',
        help: 'scopes that every request needs, separated by commas',
        usual: 'what the challenge says',
      },
      timeout: {
        name: '--timeout',
        value: 'seconds',
        help: 'how long one answer may take',
        usual: '10',
      },
      junit: { name: '--junit', value: 'file', help: 'write the results as JUnit does' },
      json: { name: json, help: 'print the results as one JSON document' },
    },
    remark:
      'Exit status: 0 if every rule is kept that says MUST, 1 if not, 2 wrong usage.\nValues of --env may have {issuer}, {jwks}, {introspection}, {client-id}, {client-secret}, {audience},\n{scopes}, {url}, {origin} and {port}. Servers made by create-mcp-server need none.',
  },
} as const satisfies Readonly<Record<string, CommandRow>>;

export type CommandName = keyof typeof commands;
