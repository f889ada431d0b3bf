// Who a client is, as far as a person can be told.

export interface ClientIdentity {
  /** Chosen by the client itself. */
  name: string;
  /** Of a client that is known by the address of its metadata: what it cannot make up. */
  host?: string;
}

/** In characters; a longer name would push what matters off the page. */
const longest = 60;

/** @param name what the client calls itself, if it does */
export function identifyClient(clientId: string, name = ''): ClientIdentity {
  const shown = clean(name);
  if (!URL.canParse(clientId)) return { name: shown || 'A client without a name' };
  const { host } = new URL(clientId);
  return { name: shown || host, host };
}

/**
 * Without what is invisible or turns text around (Unicode's controls, formats, separators and fillers),
 * and without piles of marks, which would be painted over what else the page says.
 */
function clean(name: string): string {
  const visible = name.replace(/[\p{C}\p{DI}\s]+/gu, ' ').replace(/(\p{M}{3})\p{M}+/gu, '$1');
  const characters = [...visible.trim()];
  return characters.length > longest
    ? `${characters.slice(0, longest).join('')}…`
    : characters.join('');
}
