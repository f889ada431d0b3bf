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
  /** As the consent page showed it. */
  clientName: string;
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
}

/** The claim `sid` of access tokens. The grant's own id is nothing for the eyes of clients. */
export function connectionId(grantId: string): string {
  return createHash('sha256').update(grantId).digest('base64url');
}

export function keepConnections(records: Records, revocations: Revocations): Connections {
  const save = (connection: Connection) =>
    records.set(
      `connection:${connectionId(connection.grantId)}`,
      connection,
      lifetimes.refreshToken + lifetimes.accessToken,
      `connections of ${connection.user}`,
    );
  const find = (id: string) => records.get<Connection>(`connection:${id}`);

  return {
    open: save,
    find,
    async renew(id) {
      const connection = await find(id);
      if (connection !== undefined) await save(connection);
    },
    async listOf(user) {
      const all = await records.list<Connection>(`connections of ${user}`);
      return all.map((connection) => ({ id: connectionId(connection.grantId), ...connection }));
    },
    async end(id) {
      const connection = await find(id);
      // First what is refused, then what is forgotten: a crash in between must not leave it usable.
      await revocations.add(id);
      if (connection === undefined) return;
      await records.delete(`connection:${id}`);
      await records.deleteGroup(grantGroup(connection.grantId));
    },
  };
}
