/**
 * Writes JSON Web Signatures (RFC 7515, section 3.1) of any kind. Wrong ones are the point, and
 * libraries that write right ones refuse to.
 */
import { createHmac, type KeyObject, sign } from 'node:crypto';

/** Makes the signature of what is to be signed. */
export type Signer = (input: string) => Buffer;

export const signers = {
  rs256:
    (key: KeyObject): Signer =>
    (input) =>
      sign('sha256', Buffer.from(input), key),
  es256:
    (key: KeyObject): Signer =>
    (input) =>
      sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }),
  hs256:
    (secret: string | Buffer): Signer =>
    (input) =>
      createHmac('sha256', secret).update(input).digest(),
  none: (): Buffer => Buffer.alloc(0),
  /** A fixed one, whatever is signed. */
  constant:
    (signature: Buffer): Signer =>
    () =>
      signature,
};

/** @param header, payload anything that JSON can say */
export function writeJws(header: unknown, payload: unknown, signer: Signer): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${signer(input).toString('base64url')}`;
}

export function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
