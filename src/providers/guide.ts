/** Writes what a preset knows as sections of a project's OAUTH.md. */
import { errorsFor, passagesFor } from './passages.js';
import { explainRefusal, isRefusedByClients } from './pkce.js';
import type { AuthMode, Availability, Provider } from './types.js';
import { fill, type Values } from './variables.js';

/** How to prepare the provider, and what to expect of it: Markdown. */
export function describeSetup(provider: Provider, mode: AuthMode, values: Values): string {
  return fill(
    [
      `## Setting up ${provider.title}`,
      mode === provider.mode
        ? ''
        : `This project uses the mode \`${mode}\`. ${provider.modeReason}`,
      passagesFor(provider.steps, mode)
        .map((step, index) => `${index + 1}. ${step}`)
        .join('\n'),
      isRefusedByClients(provider, mode)
        ? `**Most MCP clients refuse this login.** ${explainRefusal(provider)} \`--auth-mode proxy\` makes a server for all of them.`
        : '',
      ...(mode === 'proxy' ? describeLogin(provider) : describeTokens(provider)),
      describeSources(provider, mode),
    ]
      .filter(Boolean)
      .join('\n\n'),
    values,
  );
}

/** The server is a client of the provider: MCP clients never see the tokens. */
function describeLogin({ title, upstream }: Provider): string[] {
  return [`### How a login at ${title} goes`, upstream?.explanation ?? ''];
}

/** MCP clients are clients of the provider, and its tokens are what the server checks. */
function describeTokens({ tokenFormat, audience, scopes, registration }: Provider): string[] {
  return [
    `### What its access tokens look like`,
    tokenFormat,
    audience.explanation,
    scopes.explanation,
    `### How clients register`,
    `- Client ID Metadata Documents: ${availability[registration.cimd]}.\n- Dynamic Client Registration: ${availability[registration.dcr]}.`,
    `By hand: ${registration.manual}`,
  ];
}

/** The provider's own error messages, each a section: Markdown, empty if there are none. */
export function describeErrors(provider: Provider, mode: AuthMode, values: Values): string {
  const sections = errorsFor(provider, mode).map(
    ({ message, cure }) => `\n### ${code(message)}\n\n${cure}`,
  );
  return fill(sections.join('\n'), values);
}

/** A code span, also of a text that has backticks (CommonMark 0.31, section 6.1). */
function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

const availability: Record<Availability, string> = {
  yes: 'supported',
  setting: 'supported, once it is enabled',
  no: 'not supported',
};

function describeSources({ pages, unverified }: Provider, mode: AuthMode): string {
  const read = pages.map(({ title, url, checked }) => `- [${title}](${url}), ${checked}`);
  const doubtful = passagesFor(unverified, mode).map((fact) => `- ${fact}`);
  return [
    read.length === 0 ? '' : `### Where this comes from\n\n${read.join('\n')}`,
    doubtful.length === 0
      ? ''
      : `The following could not be checked against the vendor's pages; look before you rely on it:\n\n${doubtful.join('\n')}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}
