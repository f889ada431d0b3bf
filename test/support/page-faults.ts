// What a machine can say against a page: for `page.evaluate`.

/** In CSS pixels (WCAG 2.2, 2.5.8). */
const smallestTarget = 24;
/** Between text and what is behind it (WCAG 2.2, 1.4.3). */
const leastContrast = 4.5;

/** A script for the browser, whose value is a list of sentences. */
export const pageFaults = `(() => {
  const faults = [];
  const all = [...document.body.querySelectorAll('*')];
  const textOf = (element) => element.textContent.trim().replace(/\\s+/g, ' ');

  if (!document.documentElement.lang) faults.push('It does not say its language');
  if (!document.title) faults.push('It has no title');
  const levels = all.filter(({ tagName }) => /^H\\d$/.test(tagName)).map(({ tagName }) => +tagName[1]);
  if (levels.filter((level) => level === 1).length !== 1) faults.push('It has not one main heading');
  if (levels.some((level, index) => level > (levels[index - 1] ?? 0) + 1)) {
    faults.push('Its headings skip a level: ' + levels);
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.push('It scrolls sideways: ' + scrollWidth + ' > ' + clientWidth);

  for (const element of all.filter((one) => one.matches('button, a, input:not([type=hidden])'))) {
    const label = element.labels?.[0];
    const name = textOf(label ?? element) || element.ariaLabel;
    if (!name) faults.push('This has no name: ' + element.outerHTML);
    const { width, height } = element.getBoundingClientRect();
    const isInText = element.tagName === 'A';
    if (!isInText && Math.min(width, height) < ${smallestTarget}) faults.push('This is too small: ' + name);
  }

  const parse = (color) => {
    const [red, green, blue, alpha = 1] = color.match(/[\\d.]+/g).map(Number);
    return { channels: [red, green, blue], alpha };
  };
  const luminance = (channels) => {
    const [red, green, blue] = channels
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    const { channels, alpha } = parse(getComputedStyle(element).backgroundColor);
    if (alpha === 1) return channels;
    const rest = element.parentElement ? behind(element.parentElement) : [255, 255, 255];
    return channels.map((value, index) => value * alpha + rest[index] * (1 - alpha));
  };
  const contrast = (a, b) => {
    const [dark, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (bright + 0.05) / (dark + 0.05);
  };
  for (const element of all) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!hasText) continue;
    const { color, fontSize } = getComputedStyle(element);
    const found = contrast(parse(color).channels, behind(element));
    if (found < ${leastContrast}) faults.push('A contrast of ' + found.toFixed(1) + ': ' + textOf(element));
    if (parseFloat(fontSize) < 12) faults.push('This is written too small: ' + textOf(element));
  }
  return faults;
})()`;
