/** Compares versions of this command (https://semver.org). */

/** Exact, with nothing that a package manager could take for a range, a tag or an address. */
const pattern = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?$/;

export function isVersion(text: string): boolean {
  return pattern.test(text);
}

/** @returns less than zero if `left` is older, zero if they are the same */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [read(left), read(right)];
  for (const [index, number] of a.numbers.entries()) {
    const difference = number - (b.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  // A release comes after what was published ahead of it.
  if (a.ahead === b.ahead) return 0;
  if (a.ahead === undefined) return 1;
  if (b.ahead === undefined) return -1;
  return a.ahead < b.ahead ? -1 : 1;
}

function read(version: string): { numbers: number[]; ahead: string | undefined } {
  const [, major, minor, patch, ahead] = pattern.exec(version) ?? [];
  return { numbers: [Number(major), Number(minor), Number(patch)], ahead };
}
