import { describe, expect, it } from 'vitest';
import { checkAudience } from '../src/auth/audience.js';
import { advertised, enforced } from '../src/auth/scope-names.js';

const id = '11111111-2222-3333-4444-555555555555';
const tenant = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';

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
