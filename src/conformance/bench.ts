/** What cases work with: a server, a provider that they control, and ways to ask. */
import type { Question } from '../doctor/http.js';
import type { Tools } from '../doctor/tools.js';
import type { Credentials, Exchange } from './exchange.js';
import type { Looks } from './looks.js';
import type { Probe } from './probe.js';
import type { Provider } from './provider.js';
import { type TokenFormat, type Variant, writeToken } from './token.js';

/** Starts and stops the server under test. */
export interface Program {
  /** With an environment made from the provider as it is now. @returns whether it answers */
  restart(): Promise<boolean>;
}

export interface Setup {
  readonly url: string;
  readonly audience: string;
  readonly format: TokenFormat;
  /** What tokens grant. */
  readonly scopes: readonly string[];
  /** Those of them that every request needs, as far as the server says so. */
  readonly required: readonly string[];
  readonly provider: Provider;
  readonly program?: Program;
  readonly probe: Probe;
  readonly looks: Looks;
  readonly tools: Tools;
  /** How long a server may take to use a new key, in milliseconds. */
  readonly patience: number;
  readonly pause: (milliseconds: number) => Promise<void>;
}

interface Sending {
  readonly what: string;
  readonly credentials: Credentials;
  readonly tokens?: readonly string[];
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Default: that of the server. */
  readonly url?: string;
}

export interface Bench extends Setup {
  /** Everything so far. */
  readonly exchanges: readonly Exchange[];
  /** A new token; good unless it is to differ. */
  mint(variant?: Variant): string;
  /** Sends the probe. */
  send(sending: Sending): Promise<Exchange>;
  /** Sends any request. */
  ask(
    what: string,
    credentials: Credentials,
    question: Question,
    tokens?: readonly string[],
  ): Promise<Exchange>;
  /** Sends the probe with a token in the usual header. */
  sendToken(credentials: Credentials, variant?: Variant): Promise<Exchange>;
}

export function createBench(setup: Setup): Bench {
  const { provider, audience, scopes, format, probe, tools } = setup;
  const exchanges: Exchange[] = [];
  const bench: Bench = {
    ...setup,
    exchanges,
    mint: (variant) => {
      const now = Math.floor(tools.now() / 1000);
      const { issuer } = provider;
      return writeToken({ issuer, audience, scopes, provider, now }, format, variant);
    },
    async ask(what, credentials, question, tokens = []) {
      const exchange = { what, credentials, tokens, answer: await tools.http.ask(question) };
      exchanges.push(exchange);
      return exchange;
    },
    send: ({ what, credentials, tokens, headers = {}, url = setup.url }) =>
      bench.ask(`${probe.name}, ${what}`, credentials, probe.question(url, { headers }), tokens),
    sendToken(credentials, variant) {
      const token = bench.mint(variant);
      return bench.send({
        what: variant === undefined ? 'a good token' : `a token ${variant.what}`,
        credentials,
        tokens: [token],
        headers: { authorization: `Bearer ${token}` },
      });
    },
  };
  return bench;
}
