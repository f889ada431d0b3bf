/** The texts of presets are Markdown, for guides; a terminal shows them without its marks. */

/** @param markdown one paragraph, with nothing but links, strong emphasis and code */
export function plainText(markdown: string): string {
  return markdown
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, '$1 ($2)')
    .replace(/\*\*(.+?)\*\*/g, '$1')
    .replace(/`([^`]+)`/g, '"$1"');
}
