import { beforeEach, describe, expect, it, vi } from 'vitest';
import { allowedUsersSetting, isAdmitted } from '../src/upstream/admission.js';
import { userOf } from '../src/upstream/user.js';
import { describeProvider, likeEntra, likeGoogle } from './support/provider-data.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

beforeEach(() => describeProvider());

/** Whether somebody with these claims is let in by this rule. */
function admits(rule: string, claims: Record<string, unknown>): boolean {
  return isAdmitted(userOf({ sub: 'ada', ...claims }), ['somebody-else', rule]);
}
const verified = (email: unknown) => ({ email, email_verified: true });

describe('everybody', () => {
  it('is *, and only that', () => {
    expect(admits('*', {})).toBe(true);
    expect(isAdmitted(userOf({ sub: 'ada' }), [])).toBe(false);
  });
});

describe('an identifier', () => {
  it.each([
    ['ada', true],
    ['Ada', false],
    ['ad', false],
    ['eve', false],
  ])('is compared exactly: %s', (rule, admitted) => {
    expect(admits(rule, {})).toBe(admitted);
  });

  it('is never taken for an address: people may choose theirs', () => {
    expect(admits('eve@example.com', { sub: 'eve@example.com' })).toBe(false);
    expect(admits('@example.com', { sub: '@example.com' })).toBe(false);
  });
});

describe('an address', () => {
  it.each([
    ['ada@example.com', true],
    // Nobody has two that differ by this only.
    ['Ada@Example.COM', true],
    ['eve@example.com', false],
    ['ada@example.org', false],
    ['da@example.com', false],
  ])('fits %s', (rule, admitted) => {
    expect(admits(rule, verified('ADA@example.com'))).toBe(admitted);
  });

  it.each([
    {},
    { email_verified: false },
    { email_verified: 'false' },
    { email_verified: 1 },
    { email_verified: null },
  ])('fits only when it is verified: %j', (more) => {
    expect(admits('ada@example.com', { email: 'ada@example.com', ...more })).toBe(false);
    expect(admits('@example.com', { email: 'ada@example.com', ...more })).toBe(false);
  });

  it('is verified for Cognito too, which says it as text', () => {
    expect(admits('ada@example.com', { email: 'ada@example.com', email_verified: 'true' })).toBe(
      true,
    );
  });

  it('is verified at Entra only by the claim that says so', () => {
    describeProvider(likeEntra);
    expect(admits('ada@example.com', verified('ada@example.com'))).toBe(false);
    expect(admits('ada@example.com', { email: 'ada@example.com', xms_edov: true })).toBe(true);
  });

  it('is not the same in other letters that look alike or fold to it', () => {
    // The sign for kelvin, which Unicode makes a k.
    expect(admits('kay@example.com', verified('\u212Aay@example.com'))).toBe(false);
    expect(admits('@kay.example', verified('ada@\u212Aay.example'))).toBe(false);
  });

  it('is text', () => {
    expect(admits('ada@example.com', verified(['ada@example.com']))).toBe(false);
  });
});

describe('a domain', () => {
  it.each([
    ['ada@example.com', true],
    ['ada@EXAMPLE.com', true],
    ['ada@sub.example.com', false],
    ['ada@evilexample.com', false],
    ['ada@example.com.evil.test', false],
    ['"ada@example.com"@evil.test', false],
    ['example.com', false],
    ['', false],
  ])('fits %s', (email, admitted) => {
    expect(admits('@Example.com', verified(email))).toBe(admitted);
  });

  it('is at Google what Google says, and not the end of the address', () => {
    describeProvider(likeGoogle);
    expect(admits('@example.com', verified('ada@example.com'))).toBe(false);
    expect(admits('@example.com', { ...verified('ada@example.org'), hd: 'example.com' })).toBe(
      true,
    );
    expect(admits('@example.com', { hd: 'sub.example.com' })).toBe(false);
    expect(admits('@example.com', { hd: 'Example.com' })).toBe(true);
    expect(admits('ada@example.com', verified('ada@example.com'))).toBe(true);
  });

  it('is not just an @', () => {
    expect(admits('@', verified('ada@'))).toBe(false);
    describeProvider(likeGoogle);
    expect(admits('@', { hd: '' })).toBe(false);
  });
});

describe('the setting', () => {
  it('is a list', () => {
    const rules = 'ada@example.com, @example.org  583231';
    expect(allowedUsersSetting.parse(rules)).toEqual(['ada@example.com', '@example.org', '583231']);
    expect(allowedUsersSetting.parse('*')).toEqual(['*']);
  });

  it.each(['*@example.com', '*.example.com', ' ', ','])('does not take %j for a rule', (rules) => {
    expect(allowedUsersSetting.safeParse(rules).success).toBe(false);
  });
});
