/** Text from strangers, made fit for a terminal and for a report. */

/** The most that one value may take, in characters. */
const longest = 300;

/**
 * Drops what could steer a terminal or make text look like other text: control characters (C0, C1,
 * DEL), and what changes the direction or hides (Unicode Cc, Cf, line and paragraph separators).
 * Long values are cut.
 */
export function clean(text: string, limit = longest): string {
  // Cut first: what nobody will see need not be searched.
  const cut = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu, '\u{FFFD}');
}

/** Any JSON value in a few words; strings in quotes. */
export function spell(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(clean(value));
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) {
    const shown = value.slice(0, 10).map((item) => (typeof item === 'object' ? '…' : spell(item)));
    return clean(`[${[...shown, ...(value.length > 10 ? ['…'] : [])].join(', ')}]`);
  }
  return typeof value === 'object' && value !== null ? 'an object' : clean(String(value));
}

/** A list in a sentence: `a, b and c`; at most ten of them. */
export function enumerate(items: readonly string[]): string {
  const shown = items.slice(0, 10).map((item) => clean(item));
  if (items.length > 10) return `${shown.join(', ')} and ${items.length - 10} more`;
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

/** A duration in words, from seconds: `2 hours`. */
export function spellDuration(seconds: number): string {
  const size = Math.abs(seconds);
  const units = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const;
  const [unit, length] = units.find(([, each]) => size >= 2 * each) ?? (['second', 1] as const);
  const count = Math.round(size / length);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
