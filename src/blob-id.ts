/** Names contents as git does, so that a repository that holds them can be asked for them. */
import { createHash } from 'node:crypto';

/** The object name that git gives to a file with these contents, in hexadecimal. */
export function blobId(contents: Buffer): string {
  return createHash('sha1').update(`blob ${contents.length}\0`).update(contents).digest('hex');
}
