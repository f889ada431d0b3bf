// A person with an MCP client that knows nothing but the address of the server.
import {
  Client,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
  type StoredOAuthClientInformation,
  type StoredOAuthTokens,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from '@modelcontextprotocol/client';
import { logIn } from '../../templates/dev-idp/dev/headless-login.js';
import type { eras } from './client.js';

/** Where the client waits for the browser; nothing listens there. */
export const redirectUrl = 'http://localhost:43210/callback';

interface Metadata {
  client_id?: string;
  client_name: string;
  redirect_uris: string[];
}

export class Person {
  client: Client;
  tokens: StoredOAuthTokens | undefined;
  information: StoredOAuthClientInformation | undefined;
  /** Where the client sent the browser, each time. */
  readonly visited: URL[] = [];
  private transport: StreamableHTTPClientTransport;
  private verifier = '';
  private discovered: OAuthDiscoveryState | undefined;
  private redirected: URL | undefined;

  constructor(
    readonly name: string,
    private readonly url: string,
    private readonly era: (typeof eras)[number],
    /** What the person does in the browser; tells where it ends, at the client. */
    private readonly browse: (authorizationUrl: URL) => Promise<URL> = (authorizationUrl) =>
      logIn({ authorizationUrl, user: name }),
    /** What the client says about itself: when it registers, or in a document at its `client_id`. */
    private readonly metadata: Metadata = {
      client_name: 'Test client',
      redirect_uris: [redirectUrl],
    },
  ) {
    [this.client, this.transport] = this.open();
  }

  /** Connects: is refused, finds the login, logs in, and connects again. */
  async connect(): Promise<void> {
    await this.client.connect(this.transport).catch(async (error: unknown) => {
      await this.finishLogin(error);
      [this.client, this.transport] = this.open();
      await this.client.connect(this.transport);
    });
  }

  /** Calls a tool; when it needs more scope, asks the person for it and calls again. */
  async callTool(name: string) {
    const call = () => this.client.callTool({ name, arguments: {} });
    return call().catch(async (error: unknown) => {
      await this.finishLogin(error);
      return call();
    });
  }

  private async finishLogin(error: unknown): Promise<void> {
    if (!(error instanceof UnauthorizedError) || this.redirected === undefined) throw error;
    await this.transport.finishAuth(this.redirected.searchParams);
    this.redirected = undefined;
  }

  private open(): [Client, StreamableHTTPClientTransport] {
    const options = { versionNegotiation: { mode: this.era } };
    return [
      new Client({ name: 'test', version: '1.0.0' }, options),
      new StreamableHTTPClientTransport(new URL(this.url), { authProvider: this.authProvider() }),
    ];
  }

  private authProvider(): OAuthClientProvider {
    return {
      redirectUrl: this.metadata.redirect_uris[0],
      clientMetadata: this.metadata,
      ...(this.metadata.client_id && { clientMetadataUrl: this.metadata.client_id }),
      clientInformation: () => this.information,
      saveClientInformation: (information) => {
        this.information = information;
      },
      tokens: () => this.tokens,
      saveTokens: (tokens) => {
        this.tokens = tokens;
      },
      invalidateCredentials: () => {
        this.tokens = undefined;
      },
      codeVerifier: () => this.verifier,
      saveCodeVerifier: (verifier) => {
        this.verifier = verifier;
      },
      discoveryState: () => this.discovered,
      saveDiscoveryState: (state) => {
        this.discovered = state;
      },
      redirectToAuthorization: async (authorizationUrl) => {
        this.visited.push(authorizationUrl);
        this.redirected = await this.browse(authorizationUrl);
      },
    };
  }
}
