// The storage interface of oidc-provider, over a plain object.
import type { Adapter, AdapterPayload } from 'oidc-provider';

export interface StoredRecord {
  payload: AdapterPayload;
  /** Milliseconds since 1970; absent when it never expires. */
  expires?: number;
}

const refreshGrace = 10_000;
const clientLifetime = 90 * 24 * 3600;
const mostClients = 200;

/** One of oidc-provider's models: Client, Grant, RefreshToken, … `save` is called after changes. */
export class RecordAdapter implements Adapter {
  constructor(
    private readonly model: string,
    private readonly records: Record<string, StoredRecord>,
    private readonly save: () => void,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn = this.defaultLifetime()) {
    const expires = expiresIn === undefined ? {} : { expires: Date.now() + expiresIn * 1000 };
    this.records[this.key(id)] = { payload, ...expires };
    if (this.model === 'Client') this.dropOldest(mostClients);
    this.save();
  }

  async find(id: string) {
    const record = this.records[this.key(id)];
    if (!record || (record.expires ?? Infinity) <= Date.now()) return undefined;
    if (this.model === 'Client') {
      // A client in use stays: it expires later, and it is at the end of the queue to be dropped.
      record.expires = Date.now() + clientLifetime * 1000;
      delete this.records[this.key(id)];
      this.records[this.key(id)] = record;
    }
    const { consumed, ...fresh } = record.payload;
    // Two tabs may refresh at once: within the grace both get new tokens, later it counts as theft.
    const inGrace = Number(consumed) * 1000 + refreshGrace > Date.now();
    return this.model === 'RefreshToken' && inGrace ? fresh : { ...record.payload };
  }

  async findByUid(uid: string) {
    const own = Object.entries(this.records).filter(([key]) => key.startsWith(`${this.model}:`));
    return own.map(([, { payload }]) => payload).find((payload) => payload.uid === uid);
  }

  async findByUserCode() {
    return undefined; // The device flow is not enabled.
  }

  async consume(id: string) {
    const record = this.records[this.key(id)];
    if (record) record.payload.consumed ??= Math.floor(Date.now() / 1000);
    this.save();
  }

  async destroy(id: string) {
    delete this.records[this.key(id)];
    this.save();
  }

  async revokeByGrantId(grantId: string) {
    for (const [key, { payload }] of Object.entries(this.records)) {
      if (key.startsWith(`${this.model}:`) && payload.grantId === grantId) delete this.records[key];
    }
    this.save();
  }

  /** Any website can register clients here; the file must not grow without end because of it. */
  private dropOldest(limit: number) {
    const own = Object.keys(this.records).filter((key) => key.startsWith(`${this.model}:`));
    for (const key of own.slice(0, -limit)) delete this.records[key];
  }

  private key(id: string) {
    return `${this.model}:${id}`;
  }

  private defaultLifetime() {
    return this.model === 'Client' ? clientLifetime : undefined;
  }
}
