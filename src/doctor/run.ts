/**
 * The whole diagnosis: what a client does, step by step, until it could not go on. What follows
 * from a mistake is not looked at, so it is not reported as another.
 */
import { isPlain } from './addresses.js';
import { checkAuthorizationServers } from './authorization-servers.js';
import { checkBrowsers } from './browsers.js';
import { checkChallenge } from './challenge.js';
import { type AuthorizationServer, checkDiscovery } from './discovery.js';
import { checkEndpoint, type Endpoint } from './endpoint.js';
import { checkEras } from './eras.js';
import type { Checked, Finding } from './finding.js';
import { checkJwks } from './jwks.js';
import { logIn } from './login.js';
import { checkNames } from './names.js';
import { type Recognised, recognise } from './preset.js';
import { checkRegistration } from './registration.js';
import { checkResource } from './resource.js';
import {
  checkIdleMetadata,
  checkResourceMetadata,
  type ResourceMetadata,
} from './resource-metadata.js';
import { checkScopes } from './scopes.js';
import type { Secrets } from './secrets.js';
import { checkServerMetadata, type Endpoints } from './server-metadata.js';
import { checkToken } from './token.js';
import type { Expectations } from './token-claims.js';
import type { Tools } from './tools.js';

export interface Target {
  /** The MCP endpoint, as clients use it. */
  readonly url: string;
  readonly register: boolean;
  readonly login?: {
    readonly clientId?: string;
    readonly redirectUri?: URL;
    readonly visit: (url: string) => void;
    /** How long the person may take, in milliseconds. */
    readonly patience: number;
    readonly signal: AbortSignal;
  };
  readonly token?: string;
}

export interface Diagnosis {
  readonly url: string;
  /** In the order of a client's steps. */
  readonly findings: readonly Finding[];
  /** What was not looked at, a sentence each. */
  readonly skipped: readonly string[];
  /** The provider, if a preset knows its issuer. */
  readonly preset?: Recognised;
  /** What tokens have to be issued for. */
  readonly resource: string;
}

export async function diagnose(target: Target, secrets: Secrets, tools: Tools): Promise<Diagnosis> {
  const { url } = target;
  const findings: Finding[] = [];
  const skipped: string[] = [];
  const note = <Value>({ findings: found, value }: Checked<Value>): Value => {
    // Now, not at the end: a secret that comes later was in nothing that was seen before.
    findings.push(...found.map(secrets.redactFinding));
    return value;
  };
  const finish = (more: Partial<Diagnosis> = {}): Diagnosis => ({
    url,
    resource: url,
    ...more,
    findings,
    skipped,
  });
  if (target.token !== undefined) secrets.add(target.token);
  // RFC 6750 §5.3
  const plain = isPlain(url);
  if (plain && (target.token !== undefined || target.login !== undefined)) {
    skipped.push('What the server makes of a token: over plain http others could read it.');
  }

  const endpoint = note(await checkEndpoint(url, tools));
  if (endpoint === undefined) {
    skipped.push('Everything else, because it begins with an answer of the server.');
    return finish();
  }
  if (!endpoint.protected) {
    await lookAround(endpoint, undefined);
    note(await checkIdleMetadata(url, tools));
    note(await checkEras(url, undefined, tools));
    if (wantsLogin(target)) skipped.push('Login and token, because the server asks for none.');
    return finish();
  }

  const advice = note(checkChallenge(endpoint));
  const metadata = note(await checkResourceMetadata(url, advice, tools));
  if (metadata === undefined) {
    skipped.push('The authorization server and the login: nothing says where they are.');
    await lookAround(endpoint, undefined);
    // What is wrong with a token by itself can be told nevertheless.
    const expected = { resource: url, issuers: [], scopes: advice.scopes ?? [] };
    if (target.token !== undefined) note(await checkToken(endpoint, target.token, expected, tools));
    return finish();
  }
  const named = note(checkResource(url, metadata));
  const resource = named ?? url;
  const scopes = note(checkScopes(advice, metadata));
  const servers = await checkServers(metadata);
  await lookAround(endpoint, metadata);

  const [first] = servers;
  const preset = recognise(first?.issuer ?? '');
  // That the metadata names another server was said; its tokens are for that one.
  const found = metadata.document.resource;
  const expected: Expectations = {
    resource: named ?? (typeof found === 'string' ? found : url),
    scopes,
    issuers: servers.map(({ issuer, keys }) => ({ issuer, ...(keys && { keys }) })),
    ...(preset && { preset }),
  };
  const token = target.token ?? (await goThroughLogin());
  if (token === undefined) {
    skipped.push(
      'Tokens and protocol eras: they need a token (--login, --token-stdin or --token-file).',
    );
  } else if (note(await checkToken(endpoint, token, expected, tools))) {
    note(await checkEras(url, token, tools));
  }
  return finish({ resource, ...(preset && { preset }) });

  async function checkServers(of: ResourceMetadata): Promise<readonly Server[]> {
    const issuers = note(checkAuthorizationServers(url, of));
    const checked = await Promise.all(issuers.map((issuer) => checkServer(issuer, of.url, tools)));
    if (issuers.length === 0) skipped.push('The authorization server: none can be asked.');
    return checked.map(note);
  }

  /** What matters whether or not the login works. */
  async function lookAround(at: Endpoint, its: ResourceMetadata | undefined): Promise<void> {
    const results = await Promise.all([
      checkBrowsers(at, its?.url, tools),
      checkNames(at, its, tools),
    ]);
    results.forEach(note);
  }

  async function goThroughLogin(): Promise<string | undefined> {
    const { register, login } = target;
    if (!register && login === undefined) return undefined;
    if (named === undefined) {
      skipped.push('Registration and login: a token for another server must not be requested.');
      return undefined;
    }
    const { server, endpoints } = first ?? {};
    if (server === undefined || endpoints === undefined) {
      skipped.push('Registration and login: the authorization server has to be found first.');
      return undefined;
    }
    const subject = { server, endpoints, scopes, resource };
    const known = [
      url,
      resource,
      server.url,
      server.issuer,
      ...scopes,
      ...Object.values(endpoints),
    ];
    for (const text of known) secrets.spare(text);
    if (register) note(await checkRegistration(subject, secrets, tools));
    if (login === undefined || plain) return undefined;
    const options = { ...subject, ...login, ...(preset && { preset }) };
    const got = note(await logIn(options, secrets, tools));
    return got;
  }
}

interface Server {
  readonly issuer: string;
  readonly server?: AuthorizationServer;
  readonly endpoints?: Endpoints;
  readonly keys?: Expectations['issuers'][number]['keys'];
}

/** One authorization server, from its name to its keys. */
async function checkServer(issuer: string, from: string, tools: Tools): Promise<Checked<Server>> {
  const discovery = await checkDiscovery(issuer, from, tools);
  const server = discovery.value;
  if (server === undefined) return { findings: discovery.findings, value: { issuer } };
  const [offer, jwks] = await Promise.all([
    checkServerMetadata(server, tools),
    checkJwks(server, tools),
  ]);
  return {
    findings: [...discovery.findings, ...offer.findings, ...jwks.findings],
    value: {
      issuer,
      server,
      ...(offer.value && { endpoints: offer.value }),
      ...(jwks.value && { keys: jwks.value }),
    },
  };
}

function wantsLogin({ register, login, token }: Target): boolean {
  return register || login !== undefined || token !== undefined;
}
