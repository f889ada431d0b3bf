// The conversation with the person at the browser: who are you, and may this client act for you?
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { InteractionResults, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { consentPage, errorPage, loginPage, pageHeaders } from './pages.js';
import type { Store, User } from './store.js';

interface LoginOptions {
  provider: Provider;
  store: Store;
  /** Every scope that can be granted → what it allows, in words. */
  scopes: Record<string, string>;
  log: (line: string) => void;
}

type Details = Awaited<ReturnType<Provider['interactionDetails']>>;

/**
 * Serves `/interaction/…`, where oidc-provider sends the browser for login and consent.
 *
 * The address is unguessable and works only with the cookie that oidc-provider bound to it; the
 * check of `Origin` keeps other sites and other local ports from posting the forms.
 */
export function interactions({ provider, store, scopes, log }: LoginOptions) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<unknown>) => {
    if (!ctx.path.startsWith('/interaction/')) return next();
    ctx.set(pageHeaders);
    const details = await provider.interactionDetails(ctx.req, ctx.res).catch(() => undefined);
    if (!details) {
      return refuse(ctx, 400, 'This login has expired, or was started in another browser.');
    }
    const step = details.prompt.name === 'login' ? login(details) : await consent(details);
    if (ctx.method !== 'POST') {
      ctx.body = step.page;
      return undefined;
    }
    const origin = ctx.get('Origin');
    if (origin && origin !== provider.issuer)
      return refuse(ctx, 403, 'Another site sent this form.');
    const result = await step.answer(await readForm(ctx.req));
    ctx.status = 303;
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
    return undefined;
  };

  function login({ params }: Details) {
    return {
      page: loginPage(store.users()),
      async answer(form: URLSearchParams): Promise<InteractionResults> {
        const requested = String(params.scope).split(' ');
        const unknown = requested.filter((scope) => !Object.hasOwn(scopes, scope));
        if (unknown.length > 0) {
          log(`Not granted: ${unknown.join(' ')}. Declare it in src/auth/scopes.ts, then restart.`);
        }
        if (unknown.length === requested.length) {
          return {
            error: 'invalid_scope',
            error_description: `unknown scope ${unknown.join(' ')}`,
          };
        }
        const user = toUser(form.get('name') ?? '');
        store.saveUser(user);
        return { login: { accountId: user.id } };
      },
    };
  }

  async function consent({ params, session, prompt }: Details) {
    const clientId = String(params.client_id);
    const accountId = String(session?.accountId);
    const byResource = (prompt.details.missingResourceScopes ?? {}) as Record<string, string[]>;
    const openid = (prompt.details.missingOIDCScope ?? []) as string[];
    const wanted = [...new Set([...openid, ...Object.values(byResource).flat()])];
    const client = await provider.Client.find(clientId);
    return {
      page: consentPage({
        client: client?.clientName ?? clientId,
        user: store.findUser(accountId)?.name ?? accountId,
        resource: Object.keys(byResource).join(', '),
        redirectUri: String(params.redirect_uri),
        scopes: wanted.map((scope) => ({ scope, description: scopes[scope] ?? '' })),
      }),
      async answer(form: URLSearchParams): Promise<InteractionResults> {
        if (form.get('decision') !== 'allow') {
          return { error: 'access_denied', error_description: 'The user said no' };
        }
        // One grant for each login: revoking one never ends another.
        const grant = new provider.Grant({ accountId, clientId });
        grant.addOIDCScope(openid);
        for (const [resource, granted] of Object.entries(byResource)) {
          grant.addResourceScope(resource, granted);
        }
        return { consent: { grantId: await grant.save() } };
      },
    };
  }
}

/** `Ada Lovelace` is the user `ada-lovelace`; a name without Latin letters gets a hash. */
function toUser(input: string): User {
  const name = input.trim().slice(0, 100) || 'Somebody';
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return {
    name,
    id: slug || `user-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`,
  };
}

function refuse(ctx: KoaContextWithOIDC, status: number, message: string): undefined {
  ctx.status = status;
  ctx.body = errorPage('access_denied', message);
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk;
    if (body.length > 10_000) throw new Error('The form is too large');
  }
  return new URLSearchParams(body);
}
