/** Protected resource metadata (RFC 9728): what sends clients to the login. */
import type { Advice } from './challenge.js';
import { networkFinding } from './failure.js';
import { type Checked, type Finding, findingsOf } from './finding.js';
import { type Answer, describeBody, type Failure, objectOf } from './http.js';
import { resourceMetadataFindings } from './resource-metadata-findings.js';
import { spell } from './text.js';
import type { Tools } from './tools.js';

const find = findingsOf(resourceMetadataFindings);

export interface ResourceMetadata {
  /** Where it was read. */
  readonly url: string;
  readonly document: Readonly<Record<string, unknown>>;
}

interface Place {
  readonly kind: 'challenge' | 'inserted' | 'root';
  readonly url: string;
  readonly answer: Answer | Failure;
  readonly document: Readonly<Record<string, unknown>> | undefined;
}

/** The two well-known addresses, in the order of the specification (RFC 9728, section 3.1). */
export function wellKnownAddresses(url: string): { inserted: string; root: string } {
  const { origin, pathname, search } = new URL(url);
  const base = `${origin}/.well-known/oauth-protected-resource`;
  return { inserted: `${base}${pathname.replace(/\/$/, '')}${search}`, root: base };
}

export async function checkResourceMetadata(
  url: string,
  { metadataUrl }: Advice,
  { http }: Tools,
): Promise<Checked<ResourceMetadata | undefined>> {
  const { inserted, root } = wellKnownAddresses(url);
  const wanted: [Place['kind'], string][] = [['inserted', inserted]];
  if (metadataUrl !== undefined && metadataUrl !== inserted) {
    wanted.unshift(['challenge', metadataUrl]);
  }
  if (root !== inserted && root !== metadataUrl) wanted.push(['root', root]);
  const places = await Promise.all(
    wanted.map(async ([kind, address]): Promise<Place> => {
      // Named by the server itself, not by the person.
      const answer = await http.read(address, url);
      const found = answer.failed === undefined && answer.status === 200;
      return { kind, url: address, answer, document: found ? objectOf(answer) : undefined };
    }),
  );

  const used = places.find(({ document }) => document !== undefined);
  if (used?.document === undefined) {
    const old = await findOldLogin(url, http);
    return { findings: [explainAbsence(places, old)], value: undefined };
  }
  const findings = [
    ...checkNamedPlace(url, places, metadataUrl),
    ...checkInserted(places, inserted, metadataUrl !== undefined),
    ...checkForm(used),
    ...compare(used, places),
  ];
  if (findings.length === 0) findings.push(find('metadata-found', { at: used.url }));
  return { findings, value: { url: used.url, document: used.document } };
}

/** Whether a server without a login has metadata nevertheless. */
export async function checkIdleMetadata(url: string, { http }: Tools): Promise<Checked<undefined>> {
  const { inserted: at } = wellKnownAddresses(url);
  const answer = await http.read(at, url);
  const document =
    answer.failed === undefined && answer.status === 200 ? objectOf(answer) : undefined;
  const servers = document?.authorization_servers;
  const found = Array.isArray(servers) && servers.length > 0;
  return { findings: found ? [find('metadata-idle', { at })] : [], value: undefined };
}

/** Before there was this metadata, the server itself had to be the authorization server. */
async function findOldLogin(url: string, http: Tools['http']): Promise<string | undefined> {
  const address = `${new URL(url).origin}/.well-known/oauth-authorization-server`;
  const answer = await http.read(address, url);
  const found = answer.failed === undefined && answer.status === 200 && objectOf(answer);
  return found ? address : undefined;
}

/** Of several failures, the one at the address that clients ask first. */
function explainAbsence(places: readonly Place[], old: string | undefined): Finding {
  const all = places.map(({ url, answer }) => [url, describe(answer)] as const);
  const seen = Object.fromEntries(all);
  const telling = places.find(({ answer }) => answer.failed !== undefined || answer.status !== 404);
  const answer = telling?.answer;
  if (answer === undefined) {
    return find('metadata-missing', { ...seen, 'only clients of early 2025 find': old });
  }
  if (answer.failed !== undefined) {
    return networkFinding(answer, 'the protected resource metadata');
  }
  const { status } = answer;
  if (status === 401 || status === 403) return find('metadata-login', seen);
  if (status === 200) return find('metadata-not-json', seen);
  return status >= 500 ? find('metadata-failing', seen) : find('metadata-missing', seen);
}

function checkNamedPlace(
  url: string,
  places: readonly Place[],
  named: string | undefined,
): Finding[] {
  if (named === undefined) return [];
  // The server believes to be there as a whole: the check of the resource says so.
  const believed = places.find(({ document }) => document !== undefined)?.document?.resource;
  if (originOf(believed) === originOf(named) && originOf(named) !== originOf(url)) return [];
  const place = places.find((each) => each.url === named);
  if (place?.document === undefined) {
    const found = places.find(({ document }) => document !== undefined)?.url;
    const answer = place && describe(place.answer);
    return [find('metadata-challenge-address', { named, answer, 'it is at': found })];
  }
  if (originOf(named) === originOf(url)) return [];
  return [find('metadata-foreign-address', { server: new URL(url).origin, named })];
}

function originOf(address: unknown): string | undefined {
  return typeof address === 'string' && URL.canParse(address) ? new URL(address).origin : undefined;
}

function checkInserted(places: readonly Place[], inserted: string, challenged: boolean): Finding[] {
  const place = places.find(({ url }) => url === inserted);
  if (place === undefined || place.document !== undefined) return [];
  // Then it is what the challenge names, and that was said.
  const named = challenged && places[0] === place;
  if (named) return [];
  // It is where the path of its own resource is inserted: that this is another one is said as well.
  const found = places.find(({ document }) => document !== undefined);
  const { resource } = found?.document ?? {};
  if (typeof resource === 'string' && URL.canParse(resource)) {
    const { inserted: own } = wellKnownAddresses(resource);
    if (own !== inserted && own === found?.url) return [];
  }
  return [find('metadata-not-inserted', { address: inserted, answer: describe(place.answer) })];
}

function checkForm({ url, answer }: Place): Finding[] {
  if (answer.failed !== undefined) return [];
  const type = answer.headers.get('content-type') ?? 'none';
  return [
    ...(answer.hops.length > 0
      ? [find('metadata-redirect', { address: url, to: answer.url })]
      : []),
    ...(/^application\/json\b/i.test(type) ? [] : [find('metadata-type', { at: url, type })]),
  ];
}

function compare(used: Place, places: readonly Place[]): Finding[] {
  for (const member of ['resource', 'authorization_servers'] as const) {
    for (const other of places) {
      if (other.document === undefined) continue;
      const [first, second] = [spell(used.document?.[member]), spell(other.document[member])];
      if (first === second) continue;
      // A document of the root may be that of another resource: the origin itself.
      if (other.kind === 'root' && belongsToOrigin(other)) continue;
      const seen = { member, [used.url]: first, [other.url]: second };
      return [find('metadata-differs', seen)];
    }
  }
  return [];
}

function belongsToOrigin({ url, document }: Place): boolean {
  const { resource } = document ?? {};
  if (typeof resource !== 'string' || !URL.canParse(resource)) return false;
  return new URL(resource).href === `${new URL(url).origin}/`;
}

function describe(answer: Answer | Failure): string {
  if (answer.failed !== undefined) return `no answer (${answer.detail})`;
  const { status } = answer;
  if (status !== 200) return `status ${status}`;
  return objectOf(answer) === undefined ? describeBody(answer) : 'metadata';
}
