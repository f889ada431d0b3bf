// The example's subject matter, free of MCP: this is where your own logic would be.

export const scales = ['celsius', 'fahrenheit', 'kelvin'] as const;
export type Scale = (typeof scales)[number];

/** In degrees Celsius. */
export const absoluteZero = -273.15;

/** Temperatures that people know, in degrees Celsius. */
export const referencePoints: Record<string, number> = {
  'absolute zero': absoluteZero,
  'water freezes': 0,
  'human body': 37,
  'water boils at sea level': 100,
};

export function toCelsius(value: number, from: Scale): number {
  if (from === 'fahrenheit') return round(((value - 32) * 5) / 9);
  if (from === 'kelvin') return round(value + absoluteZero);
  return value;
}

export function toScale(celsius: number, to: Scale): number {
  if (to === 'fahrenheit') return round((celsius * 9) / 5 + 32);
  if (to === 'kelvin') return round(celsius - absoluteZero);
  return round(celsius);
}

/** To hundredths, so that binary fractions do not show. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
