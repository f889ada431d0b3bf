// The variants of a generated project that tests look at.

/** The variant that the snapshot shows whole; the others are shown as what differs from it. */
export const reference = { name: 'oauth', args: ['--oauth'] };

export const others = [
  { name: 'open', args: [] },
  { name: 'issuer', args: ['--issuer', 'https://login.example.com'] },
  { name: 'pnpm', args: ['--oauth', '--package-manager', 'pnpm'] },
  { name: 'yarn', args: ['--oauth', '--package-manager', 'yarn'] },
  { name: 'bun', args: ['--oauth', '--package-manager', 'bun'] },
];

export const variants = [reference, ...others];
