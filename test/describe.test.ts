import { describe, expect, it } from 'vitest';
import { describeProvider, describeProviders } from '../src/providers/describe.js';
import { oidc } from '../src/providers/oidc.js';
import {
  describeInMarkdown,
  describeRegistration,
  fillProviderTable,
} from '../src/providers/table.js';
import type { Provider } from '../src/providers/types.js';
import { createStyle } from '../src/terminal.js';
import { acme, gate, vault } from './support/presets.js';
import { Recorder } from './support/world.js';

const style = createStyle(new Recorder(), {});

it.each([
  ['yes', 'yes', 'CIMD, DCR'],
  ['setting', 'setting', 'CIMD, DCR'],
  ['setting', 'no', 'CIMD'],
  ['no', 'yes', 'DCR'],
  ['no', 'no', 'by hand'],
] as const)('registration by CIMD: %s, by DCR: %s', (cimd, dcr, words) => {
  const registration = { ...acme.registration, cimd, dcr };
  expect(describeRegistration({ ...acme, registration })).toBe(words);
  expect(describeRegistration({ ...gate, registration })).toBe('at your server');
});

describe('presets', () => {
  it('side by side', () => {
    expect(describeProviders([acme, gate, vault], style)).toMatchInlineSnapshot(`
      "ID     MODE   REGISTRATION    ASKS FOR        NAME
      acme   jwt    CIMD, DCR       domain, region  Acme Identity
      gate   proxy  at your server  region          Gate
      vault  proxy  at your server  -               Vault

      To learn about one: npx create-mcp-server providers <id>
      "
    `);
  });

  it('are told apart in bold and dim on a terminal', () => {
    const output = Object.assign(new Recorder(), { isTTY: true });
    const colored = createStyle(output, {});
    expect(describeProviders([acme], colored).startsWith('\u001b[2mID ')).toBe(true);
    expect(describeProvider(acme, colored).startsWith('\u001b[1mAcme Identity\u001b')).toBe(true);
  });
});

describe('one preset', () => {
  it('with everything', () => {
    expect(describeProvider(acme, style)).toMatchInlineSnapshot(`
      "Acme Identity: the cloud of Acme

      Its access tokens are JWTs.

      Modes               jwt (default)
      Registration        CIMD, DCR
      Issuer              https://{domain}/{region}/
      Scopes by default   acme:use openid
      Other names         acme-id, roadrunner

      Settings:
        domain  Domain, such as shop.acme.example. The first line of the console.
        region  Region, such as us; default eu. At the end of the console’s address.

      What to do at the provider:
        1. Open "https://{domain}/console".
        2. Create an API named "http://localhost:3000/mcp".
        3. Enable Registration.

      Not checked against the vendor’s pages:
        The name of the console was not seen.

      To use it:
        npx create-mcp-server my-mcp-server --provider acme --set domain=shop.acme.example
      "
    `);
  });

  it('that a proxy stands in for', () => {
    const text = describeProvider(gate, style);
    expect(text).toContain('\nTo use it:\n  npx create-mcp-server my-mcp-server --provider gate\n');
    expect(text).toContain(
      '\nScopes by default   mcp:use\nRequested there     openid email gate:{region}\n',
    );
    expect(text).toContain(
      '\n  client  Client ID, such as c-1; for the mode jwt only. The list of clients.\n',
    );
  });

  it('that has nothing to be asked for', () => {
    const text = describeProvider(vault, style);
    expect(text).toContain(
      '\nTo use it:\n  npx create-mcp-server my-mcp-server --provider vault\n',
    );
    expect(text).not.toContain('Settings:');
    expect(text).not.toContain('Other names');
    expect(text).not.toContain('Not checked');
  });

  it('with the steps of each mode, and the doubts of its own', () => {
    const both = (text: string) =>
      [
        { modes: ['jwt'], text: `${text} one.` },
        { modes: ['proxy'], text: `${text} another.` },
      ] satisfies Provider['steps'];
    const text = describeProvider(
      { ...gate, steps: ['Log in.', ...both('Do')], unverified: both('Not') },
      style,
    );
    expect(text).toContain(
      '\nWhat to do at the provider, in the mode proxy:\n  1. Log in.\n  2. Do another.\n\nWhat to do at the provider, in the mode jwt:\n  1. Log in.\n  2. Do one.\n\n',
    );
    expect(text).toContain('vendor’s pages:\n  Not another.\n\n');
  });

  it('without scopes', () => {
    const silent = { ...vault, mode: 'jwt', modes: ['jwt'] } satisfies Provider;
    expect(describeProvider(silent, style)).toContain('\nScopes by default   -\n');
  });

  it('that takes an issuer', () => {
    expect(describeProvider(oidc, style)).toContain(
      '\nTo use it:\n  npx create-mcp-server my-mcp-server --provider oidc --issuer https://id.example.com\n',
    );
  });
});

describe('Markdown', () => {
  it('is a table', () => {
    expect(describeInMarkdown([acme, gate, vault])).toMatchInlineSnapshot(`
      "| \`--provider\` | Product | Mode | Registration | \`--set\` |
      | --- | --- | --- | --- | --- |
      | \`acme\`, \`acme-id\`, \`roadrunner\` | Acme Identity | \`jwt\` | CIMD, DCR | \`domain\`, \`region\` |
      | \`gate\` | Gate | \`proxy\` | at your server | \`region\` |
      | \`vault\` | Vault | \`proxy\` | at your server | – |"
    `);
  });

  it('takes the place of what is between the marks', () => {
    const document = 'a\n<!-- providers -->\nold\n<!-- /providers -->\nb\n';
    const filled = fillProviderTable(document, [vault]);
    expect(filled).toBe(
      `a\n<!-- providers -->\n\n${describeInMarkdown([vault])}\n\n<!-- /providers -->\nb\n`,
    );
    expect(fillProviderTable(filled, [vault])).toBe(filled);
    const dollar = { ...vault, title: '$&' };
    expect(fillProviderTable(document, [dollar])).toContain('| $& |');
  });

  it('needs the marks', () => {
    expect(() => fillProviderTable('<!-- /providers -->', [vault])).toThrow(
      'There are no marks for the table of providers',
    );
  });
});
