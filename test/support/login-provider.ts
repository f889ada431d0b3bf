// What tests need of a provider that is a program of its own, at which people log in.
import type { AuthMode } from '../../src/providers/types.js';

/** What the provider is prepared for. */
export interface Preparation {
  /** With introspection, access tokens are opaque. */
  mode: AuthMode;
  /** PUBLIC_URL of the server. */
  url: string;
}

export interface LoginProvider extends AsyncDisposable {
  issuer: string;
  /** The credentials of the server there. */
  client: { id: string; secret: string };
}
