/** Is the resource in the metadata the address that clients use (RFC 9728, section 3.3)? */
import { isLoopbackHost } from './addresses.js';
import { type Catalogue, type Checked, findingsOf, type Seen } from './finding.js';
import type { ResourceMetadata } from './resource-metadata.js';
import { specification } from './specification.js';
import { spell } from './text.js';

const validation = 'https://www.rfc-editor.org/rfc/rfc9728#section-3.3';
const canonical = `${specification.authorization}#canonical-server-uri`;
const setIt =
  'In a server made by create-mcp-server it is PUBLIC_URL followed by /mcp; elsewhere it is the setting for the public or base address.';

export const resourceFindings = {
  'resource-equal': { level: 'ok', title: 'The resource is the address that was asked' },
  'resource-missing': {
    level: 'problem',
    title: 'The metadata names no resource',
    why: 'It is required, and it is what clients compare and request tokens for.',
    cure: `Add "resource" with the full address of the endpoint. ${setIt}`,
    page: 'https://www.rfc-editor.org/rfc/rfc9728#section-2',
  },
  'resource-slash': {
    level: 'problem',
    title: 'The resource differs from the address by a slash at the end',
    why: 'Clients compare the two, and request a token for the one in the metadata. A token for the other one is refused, by the provider (invalid_target) or by the server (wrong audience).',
    cure: `Write both without the slash: in the metadata, in the client, and as the audience at the provider. ${setIt}`,
    page: canonical,
  },
  'resource-localhost': {
    level: 'problem',
    title: 'The resource is an address of the machine itself',
    why: 'The server does not know what the world calls it, so clients are told to log in to a server on their own machine, and refuse.',
    cure: `Set the public address of the server. ${setIt}`,
    page: validation,
  },
  'resource-scheme': {
    level: 'problem',
    title: 'The resource has another scheme than the address',
    why: 'http and https are different resources. Usually TLS ends at a proxy, and the server behind it takes the scheme from its own connection.',
    cure: `Set the public address of the server, with https. ${setIt}`,
    page: validation,
  },
  'resource-host': {
    level: 'problem',
    title: 'The resource is on another host than the address',
    why: 'Clients refuse metadata that belongs to another host: it could be used to steal tokens. Even localhost and 127.0.0.1 are two names.',
    cure: `Use one name: give people the address in the metadata, or correct the metadata. ${setIt}`,
    page: validation,
  },
  'resource-port': {
    level: 'problem',
    title: 'The resource has another port than the address',
    why: 'Clients refuse metadata that belongs to another origin.',
    cure: `Publish the port that clients use, and none if it is the usual one. ${setIt}`,
    page: validation,
  },
  'resource-path': {
    level: 'problem',
    title: 'The resource has another path than the address',
    why: 'Clients that compare the whole address refuse the metadata; others request a token for that other path, whose audience the server or the provider does not accept.',
    cure: `Put the path of the endpoint into the resource. Behind a proxy that adds or removes a part of the path, use the path that clients see. ${setIt}`,
    page: validation,
  },
  'resource-parent': {
    level: 'warning',
    title: 'The resource is a parent of the address',
    why: 'RFC 9728 wants the two to be identical, and strict clients refuse the metadata. Others, such as those built on the official SDK, accept a parent and request a token for it: a token that other servers below the parent may accept too.',
    cure: `Put the path of the endpoint into the resource, and into the audience at the provider. ${setIt}`,
    page: validation,
  },
  'resource-query': {
    level: 'problem',
    title: 'The resource has another query or fragment than the address',
    why: 'The address and the resource are compared as a whole, and a resource must not have a fragment.',
    cure: `Publish the address as clients use it, best without a query. ${setIt}`,
    page: validation,
  },
  'resource-spelling': {
    level: 'warning',
    title: 'The resource is the same address, spelled differently',
    why: 'Clients and providers that compare letter for letter take them for two: the case of the host, a port that is the usual one, or percent-encoding.',
    cure: `Use one spelling: lower case, no usual port. ${setIt}`,
    page: canonical,
  },
  'resource-invalid': {
    level: 'problem',
    title: 'The resource is not a full URL',
    why: 'Clients cannot compare it with the address that they use.',
    cure: `Write the whole address, with scheme and host. ${setIt}`,
    page: 'https://www.rfc-editor.org/rfc/rfc9728#section-1.2',
  },
} as const satisfies Catalogue;

const find = findingsOf(resourceFindings);

/**
 * @returns the resource as the metadata has it; none if it is not of the server that was asked:
 *   a token for it must not be requested, because it would be sent here (RFC 9728, section 7.3)
 */
export function checkResource(
  asked: string,
  { url: at, document }: ResourceMetadata,
): Checked<string | undefined> {
  const { resource } = document;
  const report = (id: keyof typeof resourceFindings, more: Seen = {}) => {
    const found = typeof resource === 'string' ? resource : spell(resource);
    return {
      findings: [find(id, { asked, found, ...more, at })],
      value: found === resource && isSameOrigin(asked, resource) ? resource : undefined,
    };
  };
  if (resource === undefined || resource === '') return report('resource-missing');
  if (typeof resource !== 'string' || !URL.canParse(resource)) return report('resource-invalid');
  const [ours, theirs] = [new URL(asked), new URL(resource)];
  if (!/^https?:$/.test(theirs.protocol)) return report('resource-invalid');

  const loopback = isLoopbackHost(theirs.hostname);
  if (loopback && !isLoopbackHost(ours.hostname)) return report('resource-localhost');
  if (ours.hostname !== theirs.hostname) {
    return report('resource-host', {
      difference: `${theirs.hostname} instead of ${ours.hostname}`,
    });
  }
  // Scheme before port: the usual port follows from it.
  if (ours.protocol !== theirs.protocol) {
    return report('resource-scheme', {
      difference: `${theirs.protocol} instead of ${ours.protocol}`,
    });
  }
  if (ours.port !== theirs.port) {
    const spellPort = ({ port }: URL) => port || 'the usual port';
    return report('resource-port', {
      difference: `${spellPort(theirs)} instead of ${spellPort(ours)}`,
    });
  }
  if (ours.pathname !== theirs.pathname) {
    const difference = describeSlash(ours.pathname, theirs.pathname);
    if (difference !== undefined) {
      return report('resource-slash', { difference, 'use everywhere': asked.replace(/\/$/, '') });
    }
    const id = isParent(theirs, ours) ? 'resource-parent' : 'resource-path';
    return report(id, {
      difference: `${theirs.pathname} instead of ${ours.pathname}`,
    });
  }
  if (ours.search !== theirs.search || theirs.hash !== '') {
    const part = (url: URL) => url.search + url.hash || 'none';
    return report('resource-query', { difference: `${part(theirs)} instead of ${part(ours)}` });
  }
  // URL libraries add the slash of a bare origin at will; it must not decide.
  const same = resource === asked || `${resource}/` === asked || resource === `${asked}/`;
  return report(same ? 'resource-equal' : 'resource-spelling');
}

function isSameOrigin(asked: string, resource: string): boolean {
  return URL.canParse(resource) && new URL(resource).origin === new URL(asked).origin;
}

/** Whether one address is above another: whole segments of its path begin the other one's. */
function isParent(above: URL, below: URL): boolean {
  if (above.search !== '' || above.hash !== '') return false;
  return below.pathname.startsWith(`${above.pathname.replace(/\/$/, '')}/`);
}

/** @returns undefined if the two differ by more than one slash at the end */
export function describeSlash(asked: string, found: string): string | undefined {
  if (found === `${asked}/`) return '“found” ends in a slash, “asked” does not';
  if (asked === `${found}/`) return '“asked” ends in a slash, “found” does not';
  return undefined;
}
