// openid-client, set up for this provider.
import * as client from 'openid-client';
import { provider } from '../auth/provider.js';
import { isLoopback } from '../settings.js';
import type { ProviderFetch } from './provider-fetch.js';
import type { UpstreamServer } from './server-metadata.js';

export interface Credentials {
  id: string;
  secret: string;
}

/** How long one answer may take, in seconds. */
const timeout = 5;
/** How far clocks may be apart, in seconds. */
export const clockTolerance = 30;

export async function configure(
  server: UpstreamServer,
  credentials: Credentials,
  fetch: ProviderFetch,
): Promise<client.Configuration> {
  const configuration = await describe(server, credentials);
  configuration.timeout = timeout;
  configuration[client.customFetch] = fetch as client.CustomFetch;
  // OpenID Connect Core §3.1.3.7 (6) lets TLS stand in for the signature of an ID token. Here it is
  // checked always: the library does it only when it is told to.
  client.enableNonRepudiationChecks(configuration);
  // The fetch above lets http through only for this machine.
  if (isLoopback(new URL(server.token_endpoint))) client.allowInsecureRequests(configuration);
  return configuration;
}

async function describe(
  server: UpstreamServer,
  { id, secret }: Credentials,
): Promise<client.Configuration> {
  const settings = { [client.clockTolerance]: clockTolerance };
  const authentication = chooseAuthentication(server, secret);
  if (!server.issuer.includes('{tenantid}')) {
    return new client.Configuration(server as client.ServerMetadata, id, settings, authentication);
  }
  // A work-around. The issuer of several Entra tenants is a template, which each ID token fills in.
  // openid-client knows that, but only for metadata that it has itself discovered at this address;
  // so it discovers what is known already. Unnecessary once its Configuration can be told which
  // issuer to expect.
  return client.discovery(
    new URL('https://login.microsoftonline.com/common/v2.0'),
    id,
    settings,
    authentication,
    { [client.customFetch]: async () => Response.json(server) },
  );
}

/** RFC 8414 §2: where nothing is said, it is Basic. */
function chooseAuthentication(server: UpstreamServer, secret: string): client.ClientAuth {
  const methods = server.token_endpoint_auth_methods_supported ?? [];
  const onlyPost =
    !methods.includes('client_secret_basic') && methods.includes('client_secret_post');
  const method = provider.clientAuthentication ?? (onlyPost ? 'client_secret_post' : undefined);
  return method === 'client_secret_post'
    ? client.ClientSecretPost(secret)
    : client.ClientSecretBasic(secret);
}
