import { describe, expect, it } from 'vitest';
import { checkAudience } from '../src/auth/audience.js';
import { checkIssuer, isSameIssuer } from '../src/auth/issuer.js';
import { advertised, enforced } from '../src/auth/scope-names.js';

const id = '11111111-2222-3333-4444-555555555555';
const tenant = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';
const login = 'https://login.microsoftonline.com';

describe('audience', () => {
  it.each([
    [id, id],
    [id, `api://${id}`],
    [`api://${id}`, id],
    [`api://${id}`, `api://${id}`],
    ['https://mcp.example.com/mcp', 'https://mcp.example.com/mcp/'],
  ])('%s accepts aud %s', (audience, aud) => {
    expect(() => checkAudience({ aud }, [audience])).not.toThrow();
  });

  it('may list the client id and a URI of its own', () => {
    const both = [id, 'api://weather'];
    for (const aud of both) expect(() => checkAudience({ aud }, both)).not.toThrow();
  });

  it.each(['00000003-0000-0000-c000-000000000000', `api://${tenant}`, undefined, 'api://'])(
    'refuses aud %s',
    (aud) => {
      expect(() => checkAudience({ aud }, [id])).toThrow('issued for another audience');
    },
  );
});

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

describe('scopes', () => {
  const wanted = [
    'openid',
    'offline_access',
    'read',
    'my.scope',
    `api://${id}/write`,
    'https://graph.microsoft.com/User.Read',
  ];

  it('are advertised as clients have to request them', () => {
    expect(advertised(wanted, [id])).toEqual([
      'openid',
      `api://${id}/read`,
      `api://${id}/my.scope`,
      `api://${id}/write`,
      'https://graph.microsoft.com/User.Read',
    ]);
  });

  it('are enforced as tokens write them', () => {
    expect(enforced(wanted, [id])).toEqual(['read', 'my.scope', 'write']);
  });

  it('may hold a slash of their own, and are then enforced', () => {
    expect(advertised(['orders/read'], [id])).toEqual([`api://${id}/orders/read`]);
    expect(enforced(['orders/read'], [id])).toEqual(['orders/read']);
  });

  it('stay as they are without an audience to name', () => {
    expect(advertised(['read'], [])).toEqual(['read']);
    expect(enforced(['read'], [])).toEqual(['read']);
  });

  it('take the Application ID URI that is configured', () => {
    expect(advertised(['read'], [id, 'api://weather'])).toEqual(['api://weather/read']);
  });
});
