// CSRF tokens: a form is only accepted from a page that this server rendered for this browser.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface FormTokens {
  /** A token for one rendering of a page; any number of them are good at a time. */
  issue(browser: string, page: string): string;
  isGood(token: string | null, browser: string, page: string): boolean;
}

/** @param secrets the newest first; older ones are still good */
export function createFormTokens(secrets: readonly Buffer[]): FormTokens {
  const sign = (secret: Buffer, ...parts: string[]) =>
    createHmac('sha256', secret).update(JSON.stringify(parts)).digest();

  return {
    issue(browser, page) {
      const [secret] = secrets;
      if (secret === undefined) throw new Error('There is no secret to sign forms with');
      const nonce = randomBytes(16).toString('base64url');
      return `${nonce}.${sign(secret, nonce, browser, page).toString('base64url')}`;
    },
    isGood(token, browser, page) {
      const [nonce = '', given = ''] = (token ?? '').split('.');
      const signature = Buffer.from(given, 'base64url');
      return secrets.some((secret) => {
        const expected = sign(secret, nonce, browser, page);
        return signature.length === expected.length && timingSafeEqual(signature, expected);
      });
    },
  };
}
