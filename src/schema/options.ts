/**
 * The schema of the options of scaffolding, made of their table and of the presets: what goes with
 * what, too. Its documents have the form of `options` in what --json prints.
 */
import { deployments } from '../deployments.js';
import { defaultExample } from '../examples.js';
import { commands } from '../grammar.js';
import { type OptionRow, spellOption } from '../option.js';
import { defaultProvider, providers } from '../providers/index.js';
import type { AuthMode, Provider, Variable } from '../providers/types.js';

/** JSON Schema, draft 2020-12. */
export type JsonSchema = { readonly [keyword: string]: unknown };

const { argument, options } = commands.scaffold;

/** The options that are about OAuth alone. */
const implying = ['provider', 'set', 'authMode', 'issuer', 'audience', 'scopes'] as const;

const runsServerless: JsonSchema = {
  properties: {
    deploy: { enum: deployments.filter(({ serverless }) => serverless).map(({ id }) => id) },
  },
  required: ['deploy'],
};

export function optionsSchema(): JsonSchema {
  return {
    title: 'Options of create-mcp-server',
    description:
      'Each member is an option of the same name, such as authMode for --auth-mode; set is an object of its names and values. What is absent is as --help says.',
    type: 'object',
    properties: {
      [argument.name]: { type: 'string', pattern: '^(?!-).*\\S', description: argument.help },
      ...Object.fromEntries(
        Object.entries<OptionRow>(options).map(([key, row]) => [key, describeRow(key, row)]),
      ),
    },
    required: [argument.name],
    additionalProperties: false,
    allOf: [
      when(is('oauth', false), { not: { anyOf: implying.map((key) => requires(key)) } }),
      // There is no port that a framework could use, and no process that could keep sessions.
      when(runsServerless, {
        allOf: [{ not: requires('framework') }, unlessGiven('example', [defaultExample.id])],
      }),
      // The development provider issues JWTs.
      when(
        { allOf: [chooses(defaultProvider), { not: requires('issuer') }] },
        unlessGiven('authMode', ['jwt']),
      ),
      ...providers.map((provider) => when(chooses(provider), describePreset(provider))),
    ],
  };
}

function describeRow(key: string, row: OptionRow): JsonSchema {
  const { name, value, repeatable, opposite, help, pattern, choices, usual } = row;
  const description = `${opposite === undefined ? spellOption(row) : `${name}, ${name.replace('--', '--no-')}`}: ${help}`;
  if (value === undefined) {
    const negative = name.startsWith('--no-');
    return {
      type: 'boolean',
      description: negative ? `false is ${description}` : description,
      ...(opposite === undefined && { default: negative }),
    };
  }
  if (repeatable) {
    return { type: 'object', additionalProperties: { type: 'string' }, description };
  }
  // Presets have other names besides.
  const accepted =
    key === 'provider' ? providers.flatMap(({ id, aliases }) => [id, ...aliases]) : choices;
  return {
    type: 'string',
    description,
    ...(accepted !== undefined && { enum: accepted }),
    ...(pattern !== undefined && { pattern }),
    ...(usual !== undefined && choices?.includes(usual) && { default: usual }),
  };
}

/** What a preset allows, and needs. */
function describePreset(provider: Provider): JsonSchema {
  const { modes, mode: usual, variables } = provider;
  const properties = variables.map(({ name, pattern, title, where }) => [
    name,
    { pattern: `^(?:${pattern})$`, description: `${title}. ${where}` },
  ]);
  return {
    properties: {
      authMode: { enum: modes },
      set: { properties: Object.fromEntries(properties), additionalProperties: false },
    },
    allOf: modes.flatMap((mode) => {
      const rules = [
        // The tokens are the server's own then, and so is the state of logins.
        ...(mode === 'proxy' ? [{ not: requires('audience') }, { not: runsServerless }] : []),
        ...variables.flatMap((variable) => describeNeed(variable, provider, mode)),
      ];
      const chosen = mode === usual ? unlessGiven('authMode', [mode]) : is('authMode', mode);
      return rules.length === 0 ? [] : [when(chosen, { allOf: rules })];
    }),
  };
}

/**
 * A variable without a default is needed, unless what it is part of is given as a whole: the same
 * rule as `neededVariables` in src/providers/variables.ts.
 */
function describeNeed(
  { name, default: usual }: Variable,
  provider: Provider,
  mode: AuthMode,
): JsonSchema[] {
  const { issuer, audience, scopes, upstream } = provider;
  const within = (text: string) => text.includes(`{${name}}`);
  const given = { properties: { set: { required: [name] } }, required: ['set'] };
  const wholes = [
    ...(within(issuer) ? ['issuer'] : []),
    ...(mode !== 'proxy' && within(audience.value) ? ['audience'] : []),
    ...(mode !== 'proxy' && scopes.default.some(within) ? ['scopes'] : []),
  ];
  if (usual !== undefined) return [];
  if (mode === 'proxy' && upstream?.scopes.some(within)) return [given];
  return wholes.length === 0 ? [] : [{ anyOf: [given, { required: wholes }] }];
}

/** Whether this preset is the chosen one. */
function chooses({ id, aliases }: Provider): JsonSchema {
  const named = { properties: { provider: { enum: [id, ...aliases] } }, required: ['provider'] };
  if (id !== defaultProvider.id) return named;
  const others = implying.filter((key) => key !== 'provider');
  // It is meant where anything is said about OAuth, and no preset is named.
  const implied = { anyOf: [is('oauth', true), ...others.map((key) => requires(key))] };
  return { anyOf: [named, { allOf: [{ not: requires('provider') }, implied] }] };
}

function when(condition: JsonSchema, consequence: JsonSchema): JsonSchema {
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it that
  return { if: condition, then: consequence };
}

function requires(key: string): JsonSchema {
  return { required: [key] };
}

function is(key: string, value: boolean | string): JsonSchema {
  return { properties: { [key]: { const: value } }, required: [key] };
}

function unlessGiven(key: string, values: readonly string[]): JsonSchema {
  return { properties: { [key]: { enum: values } } };
}
