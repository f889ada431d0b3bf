import { describe, expect, it } from 'vitest';
import { checkIssuer, isSameIssuer } from '../src/auth/issuer.js';

const id = '11111111-2222-3333-4444-555555555555';
const tenant = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';
const login = 'https://login.microsoftonline.com';

describe('issuer', () => {
  const template = `${login}/{tenantid}/v2.0`;

  it('of one tenant is exact', () => {
    const issuer = `${login}/${tenant}/v2.0`;
    expect(isSameIssuer(issuer, `${issuer}/`)).toBe(true);
    expect(() => checkIssuer({ iss: issuer, tid: tenant }, issuer)).not.toThrow();
    expect(() => checkIssuer({ iss: `${issuer}/`, tid: tenant }, issuer)).toThrow();
    expect(isSameIssuer(template, issuer)).toBe(false);
  });

  it.each(['common', 'organizations'])('of %s is that of the token’s own tenant', (shared) => {
    expect(isSameIssuer(template, `${login}/${shared}/v2.0`)).toBe(true);
    expect(() =>
      checkIssuer({ iss: `${login}/${tenant}/v2.0`, tid: tenant }, template),
    ).not.toThrow();
    expect(() => checkIssuer({ iss: `${login}/${id}/v2.0`, tid: tenant }, template)).toThrow();
    expect(() => checkIssuer({ iss: template }, template)).toThrow();
  });

  it('may be limited to some tenants', () => {
    const claims = { iss: `${login}/${tenant}/v2.0`, tid: tenant };
    expect(() => checkIssuer(claims, template, [tenant])).not.toThrow();
    expect(() => checkIssuer(claims, template, [id])).toThrow('another issuer');
  });

  it('of version 1 is refused with the cure', () => {
    const claims = { iss: `https://sts.windows.net/${tenant}/`, tid: tenant };
    expect(() => checkIssuer(claims, `${login}/${tenant}/v2.0`)).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({
          hint: expect.stringContaining('requestedAccessTokenVersion'),
        }),
      }),
    );
  });
});
