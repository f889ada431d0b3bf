/** The registry of identity provider presets. */
import { oidc } from './oidc.js';
import type { Provider } from './types.js';

/** Every preset; the first is what bare `--oauth` means. */
export const providers: readonly Provider[] = [oidc];

export const defaultProvider: Provider = oidc;

/** The preset with this id, or undefined. */
export function findProvider(id: string): Provider | undefined {
  return providers.find((provider) => provider.id === id);
}
