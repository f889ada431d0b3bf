// A person with an MCP client that knows nothing but the address of the server.
import type {
  OAuthClientProvider,
  OAuthDiscoveryState,
  StoredOAuthClientInformation,
  StoredOAuthTokens,
} from '@modelcontextprotocol/client';
import { logIn } from '../../templates/dev-idp/dev/headless-login.js';
import { type Connection, isLoginNeeded, type Library, open } from './connection.js';

/** Where the client waits for the browser; nothing listens there. */
export const redirectUrl = 'http://localhost:43210/callback';

interface Metadata {
  client_id?: string;
  client_name: string;
  redirect_uris: string[];
  grant_types?: string[];
}

export class Person {
  client: Connection;
  tokens: StoredOAuthTokens | undefined;
  information: StoredOAuthClientInformation | undefined;
  /** Where the client sent the browser, each time. */
  readonly visited: URL[] = [];
  private verifier = '';
  private discovered: OAuthDiscoveryState | undefined;
  private redirected: URL | undefined;

  constructor(
    readonly name: string,
    private readonly url: string,
    private readonly library: Library,
    /** What the person does in the browser; tells where it ends, at the client. */
    private readonly browse: (authorizationUrl: URL) => Promise<URL> = (authorizationUrl) =>
      logIn({ authorizationUrl, user: name }),
    /** What the client says about itself: when it registers, or in a document at its `client_id`. */
    private readonly metadata: Metadata = {
      client_name: 'Test client',
      redirect_uris: [redirectUrl],
    },
  ) {
    this.client = this.open();
  }

  /** Connects: is refused, finds the login, logs in, and connects again. */
  async connect(): Promise<void> {
    await this.client.connect().catch(async (error: unknown) => {
      await this.finishLogin(error);
      this.client = this.open();
      await this.client.connect();
    });
  }

  /** Calls a tool; when it needs more scope, asks the person for it and calls again. */
  async callTool(name: string) {
    const call = () => this.client.callTool(name);
    return call().catch(async (error: unknown) => {
      await this.finishLogin(error);
      return call();
    });
  }

  /** What a program can do that wants to ask the person when its library would only refresh. */
  async reconnectWithoutRefreshToken(): Promise<void> {
    const { refresh_token: _, ...tokens } = this.tokens ?? { access_token: '', token_type: '' };
    this.tokens = tokens;
    await this.client.close();
    this.client = this.open();
    await this.client.connect();
  }

  private async finishLogin(error: unknown): Promise<void> {
    if (!isLoginNeeded(error) || this.redirected === undefined) throw error;
    await this.client.finishLogin(this.redirected.searchParams);
    this.redirected = undefined;
  }

  private open(): Connection {
    return open(this.library, new URL(this.url), this.authProvider());
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
