// The conversation with the person at the browser: who are you, and may this client act for you?
import type { IncomingMessage } from 'node:http';
import type { InteractionResults, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { type ConsentRequest, consentPage, errorPage, loginPage, pageHeaders } from './pages.js';
import type { Store } from './store.js';
import { toUser, type User } from './user.js';

interface InteractionOptions {
  provider: Provider;
  store: Store;
  /** Every scope that can be granted → what it allows, in words. */
  scopes: Record<string, string>;
  log: (line: string) => void;
}

/**
 * Serves `/interaction/…`, where oidc-provider sends the browser: first the login, then, at the
 * same address, the consent.
 *
 * The address is unguessable and works only with the cookie that oidc-provider bound to it; the
 * check of `Origin` keeps other sites and other local ports from posting the forms.
 */
export function interactions({ provider, store, scopes, log }: InteractionOptions) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<unknown>) => {
    if (!ctx.path.startsWith('/interaction/')) return next();
    ctx.set(pageHeaders);
    const details = await provider.interactionDetails(ctx.req, ctx.res).catch(() => undefined);
    if (!details) {
      return refuse(
        ctx,
        400,
        'This login is finished already, has expired, or was started in another browser.',
      );
    }
    const request = await read(details);
    if (ctx.method !== 'POST') {
      ctx.body = request.user
        ? consentPage({ ...request, user: request.user })
        : loginPage(store.users());
      return undefined;
    }
    const origin = ctx.get('Origin');
    if (origin && origin !== provider.issuer) {
      return refuse(ctx, 403, 'Another site sent this form.');
    }
    const form = await readForm(ctx.req);
    if (!form) return refuse(ctx, 413, 'This form is too large.');
    const user = toUser(form.get('name') ?? '');
    if (form.has('name') && !user) return ctx.redirect(ctx.path);
    const result = user ? logIn(user, request) : await decide(form, request);
    const resume = await provider.interactionResult(ctx.req, ctx.res, result);
    ctx.status = 303;
    ctx.redirect(result.error || result.consent ? resume : ctx.path);
    return undefined;
  };

  /** What the client asks for, and who has logged in so far. */
  async function read({ params, result }: Details) {
    const clientId = String(params.client_id);
    const client = await provider.Client.find(clientId);
    const requested = String(params.scope).split(' ');
    const granted = requested.filter((scope) => Object.hasOwn(scopes, scope));
    return {
      clientId,
      client: displayName(clientId, client?.clientName),
      user: store.findUser(result?.login?.accountId ?? ''),
      resources: [params.resource].flat().map(String),
      redirectUri: String(params.redirect_uri),
      scopes: granted.map((scope) => ({ scope, description: scopes[scope] || scope })),
      unknown: requested.filter((scope) => !granted.includes(scope)),
    };
  }

  function logIn(user: User, request: AuthorizationRequest): InteractionResults {
    const unknown = request.unknown.join(' ');
    if (unknown) log(`Not granted: ${unknown}. Declare it in src/auth/scopes.ts.`);
    if (request.scopes.length === 0) {
      return { error: 'invalid_scope', error_description: `unknown scope ${unknown}` };
    }
    store.saveUser(user);
    return { login: { accountId: user.id } };
  }

  async function decide(
    form: URLSearchParams,
    { user, clientId, resources, scopes }: AuthorizationRequest,
  ): Promise<InteractionResults> {
    if (form.get('decision') !== 'allow' || !user) {
      return { error: 'access_denied', error_description: 'The user said no' };
    }
    // One grant for each login: revoking one never ends another.
    const grant = new provider.Grant({ accountId: user.id, clientId });
    const granted = scopes.map(({ scope }) => scope);
    grant.addOIDCScope(granted);
    for (const resource of resources) grant.addResourceScope(resource, granted);
    return { login: { accountId: user.id }, consent: { grantId: await grant.save() } };
  }
}

type Details = Awaited<ReturnType<Provider['interactionDetails']>>;
type AuthorizationRequest = Omit<ConsentRequest, 'user'> & {
  clientId: string;
  user: User | undefined;
  unknown: string[];
};

/** A client that is known by an address is shown with its host: that is what it cannot make up. */
function displayName(clientId: string, name: string | undefined): string {
  if (!URL.canParse(clientId)) return name ?? clientId;
  const { host } = new URL(clientId);
  return name ? `${name} (${host})` : host;
}

function refuse(ctx: KoaContextWithOIDC, status: number, message: string): undefined {
  ctx.status = status;
  ctx.body = errorPage('access_denied', message);
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk;
    if (body.length > 10_000) return undefined;
  }
  return new URLSearchParams(body);
}
