// Reading a form that a person has sent, and only from one of our own pages.
import type { KoaContextWithOIDC } from 'oidc-provider';
import { isForeignForm, readForm } from './form.js';
import type { FormTokens } from './form-tokens.js';

/** The form does not count; the message is for the person. */
export class FormRefused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The hidden field that holds the token. */
export const tokenField = 'form_token';

interface Expected {
  /** Of our pages. */
  origin: string;
  forms: FormTokens;
  /** What the browser is known by. */
  browser: string;
  /** What the form's token may have been issued for. */
  shown: readonly string[];
}

interface PostedForm {
  fields: URLSearchParams;
  /** What its token was issued for. */
  page: string;
}

/** @throws {FormRefused} */
export async function readPostedForm(
  ctx: KoaContextWithOIDC,
  { origin, forms, browser, shown }: Expected,
): Promise<PostedForm> {
  if (isForeignForm(ctx.req, origin)) throw new FormRefused(403, 'Another site sent this form.');
  const fields = await readForm(ctx.req);
  if (fields === undefined) throw new FormRefused(413, 'This form is too large.');
  // RFC 9700 §4.7, MCP Security Best Practices: the consent must be protected against CSRF.
  const page = shown.find((name) => forms.isGood(fields.get(tokenField), browser, name));
  if (page === undefined) {
    throw new FormRefused(
      403,
      'This page is out of date. Go back, load it again, and decide then.',
    );
  }
  return { fields, page };
}
