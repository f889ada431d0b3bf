/** Writes what a preset knows as sections of a project's OAUTH.md. */
import { stepsFor } from './steps.js';
import type { AuthMode, Availability, Provider } from './types.js';
import { fill, type Values } from './variables.js';

/** How to prepare the provider, and what to expect of it: Markdown. */
export function describeSetup(provider: Provider, mode: AuthMode, values: Values): string {
  const { title, tokenFormat, audience, scopes, registration } = provider;
  return fill(
    [
      `## Setting up ${title}`,
      mode === provider.mode
        ? ''
        : `This project uses the mode \`${mode}\`. ${provider.modeReason}`,
      stepsFor(provider, mode)
        .map((step, index) => `${index + 1}. ${step}`)
        .join('\n'),
      `### What its access tokens look like`,
      tokenFormat,
      audience.explanation,
      scopes.explanation,
      `### How clients register`,
      `- Client ID Metadata Documents: ${availability[registration.cimd]}.\n- Dynamic Client Registration: ${availability[registration.dcr]}.`,
      `By hand: ${registration.manual}`,
      describeSources(provider),
    ]
      .filter(Boolean)
      .join('\n\n'),
    values,
  );
}

/** The provider's own error messages, each a section: Markdown, empty if there are none. */
export function describeErrors({ errors }: Provider, values: Values): string {
  const sections = errors.map(({ message, cure }) => `\n### ${code(message)}\n\n${cure}`);
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

function describeSources({ pages, unverified }: Provider): string {
  const read = pages.map(({ title, url, checked }) => `- [${title}](${url}), ${checked}`);
  const doubtful = unverified.map((fact) => `- ${fact}`);
  return [
    read.length === 0 ? '' : `### Where this comes from\n\n${read.join('\n')}`,
    doubtful.length === 0
      ? ''
      : `The following could not be checked against the vendor's pages; look before you rely on it:\n\n${doubtful.join('\n')}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}
