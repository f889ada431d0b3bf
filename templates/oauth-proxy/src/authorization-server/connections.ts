// Connections: a client that a person has let in, from the consent to the day it ends.
import { createHash } from 'node:crypto';
import type { Claims } from '../auth/claims.js';
import type { Records } from '../store/records.js';
import { grantGroup } from './adapter.js';
import { lifetimes } from './lifetimes.js';
import type { Revocations } from './revocations.js';

export interface Connection {
  /** The grant of oidc-provider; one for each login, so that ending one never ends another. */
  grantId: string;
  /** The subject at the provider. */
  user: string;
  /** What tools may know of the person. */
  claims: Claims;
  /** The login at the provider whose tokens tools use. */
  login: string;
  clientId: string;
  /** As the consent page showed it, and where it leads. */
  clientName: string;
  leadsTo: string;
  scopes: string[];
  /** In seconds since 1970. */
  since: number;
}

export interface Connections {
  open(connection: Connection): Promise<void>;
  find(id: string): Promise<Connection | undefined>;
  /** Keeps it for as long as the refresh token that has just been issued. */
  renew(id: string): Promise<void>;
  listOf(user: string): Promise<({ id: string } & Connection)[]>;
  /** Ends it: access tokens are refused from now on, and there are no new ones. */
  end(id: string): Promise<void>;
  /** The same, known by its grant, and also while it is just being opened. */
  endGrant(grantId: string): Promise<void>;
}

/** The claim `sid` of access tokens. The grant's own id is nothing for the eyes of clients. */
export function connectionId(grantId: string): string {
  return createHash('sha256').update(grantId).digest('base64url');
}

export function keepConnections(records: Records, revocations: Revocations): Connections {
  const lifetime = lifetimes.refreshToken + lifetimes.accessToken;
  const keyOf = (id: string) => `connection:${id}`;
  const find = (id: string) => records.get<Connection>(keyOf(id));

  async function endGrant(grantId: string): Promise<void> {
    const id = connectionId(grantId);
    // First what is refused, then what is forgotten: a crash in between must not leave it usable.
    await revocations.add(id);
    await records.delete(keyOf(id));
    await records.deleteGroup(grantGroup(grantId));
  }

  return {
    async open(connection) {
      const { grantId, user } = connection;
      const group = `connections of ${user}`;
      await records.set(keyOf(connectionId(grantId)), connection, lifetime, group);
    },
    find,
    renew: (id) => records.renew(keyOf(id), lifetime),
    async listOf(user) {
      const all = await records.list<Connection>(`connections of ${user}`);
      return all.map((connection) => ({ id: connectionId(connection.grantId), ...connection }));
    },
    async end(id) {
      const connection = await find(id);
      await (connection === undefined ? revocations.add(id) : endGrant(connection.grantId));
    },
    endGrant,
  };
}
