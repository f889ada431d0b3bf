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
  /** What the form's token was issued for. */
  page: string;
}

/** @throws {FormRefused} */
export async function readPostedForm(
  ctx: KoaContextWithOIDC,
  { origin, forms, browser, page }: Expected,
): Promise<URLSearchParams> {
  if (isForeignForm(ctx.req, origin)) throw new FormRefused(403, 'Another site sent this form.');
  const form = await readForm(ctx.req);
  if (form === undefined) throw new FormRefused(413, 'This form is too large.');
  // RFC 9700 §4.7, MCP Security Best Practices: the consent must be protected against CSRF.
  if (!forms.isGood(form.get(tokenField), browser, page)) {
    throw new FormRefused(
      403,
      'This page is out of date. Go back, load it again, and decide then.',
    );
  }
  return form;
}
