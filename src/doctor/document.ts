/** Writes docs/doctor.md: every identifier, with what it means and what to do. */
import { invocation } from '../invocation.js';
import { type Check, checks } from './checks.js';
import type { Explanation, Level } from './finding.js';

const levels: Readonly<Record<Level, string>> = {
  ok: '✓ fine',
  note: '· good to know',
  warning: '! some clients will fail',
  problem: '✗ clients will fail',
};

/** The whole page: Markdown. */
export function describeChecks(): string {
  const sections = checks.map((check) => describeCheck(check));
  return `${[introduction, ...sections].join('\n\n')}\n`;
}

const introduction = `# What the doctor finds

<!-- Written by \`npm run docs\` from src/doctor; do not edit. -->

    ${invocation} doctor https://mcp.example.com/mcp

walks what an MCP client walks, without credentials, and stops where a client has to stop. What follows from a mistake is not
reported as another. The first problem is the first real cause; mend it, and run the command again.

| Mark | Meaning | Exit status |
|---|---|---|
| ✗ | a problem: clients will fail | 1 |
| ! | a warning: some clients will fail, or it is unsafe | 0 |
| · | good to know | 0 |
| ✓ | fine | 0 |

Wrong usage exits with 2, a cancelled run with 130.

What it sends: requests that any client sends, one request to the token endpoint that cannot succeed, and requests with a foreign Origin, Host and
X-Forwarded-Host. A server that answers openly is asked for its tools, and to call one that does not exist: real ones are never called. Nothing is registered without \`--register\` or \`--login\`. A token goes to the server under diagnosis only, no redirect is followed
with it, and it is never shown. Over plain http (except on loopback) none is sent, and a refresh token is only looked at. Private addresses that a public document names are reported and not fetched, unless \`--allow-private\` is given. The
proxy in HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY is used, if it speaks HTTP. \`--login\` opens the login page with the program that BROWSER
names, or the usual one, and no page at an address that would not be fetched.

## JSON

\`--json\` prints one document. Identifiers (\`id\`, \`check\`) and names of members are stable; titles and texts are not.

\`\`\`json
{
  "ok": false,
  "kind": "diagnosis",
  "url": "https://mcp.example.com/mcp",
  "first": "resource-slash",
  "problems": 1,
  "warnings": 0,
  "provider": null,
  "findings": [
    {
      "id": "resource-slash",
      "check": "resource",
      "level": "problem",
      "title": "…",
      "seen": { "asked": "https://mcp.example.com/mcp", "found": "https://mcp.example.com/mcp/" },
      "why": "…",
      "cure": "…",
      "page": "https://…",
      "provider": { "id": "auth0", "title": "Auth0", "text": "…", "page": "https://…" }
    }
  ],
  "skipped": ["…"]
}
\`\`\`

| Member | Meaning |
|---|---|
| \`ok\` | there is no problem; warnings do not count |
| \`first\` | the identifier of what to mend first: the first problem, else the first warning, else null |
| \`provider\` | the preset that knows the issuer (\`${invocation} providers ID\`), or null |
| \`findings\` | in the order of a client's steps; \`level\` is \`ok\`, \`note\`, \`warning\` or \`problem\` |
| \`seen\` | what was seen, by name: texts, cleaned and cut to 300 characters |
| \`why\`, \`cure\`, \`page\` | absent where everything is fine |
| \`findings[].provider\` | what the preset adds, if it knows more |
| \`skipped\` | what could not be looked at, a sentence each |

Wrong usage prints \`{ "ok": false, "kind": "error", "error": { "code", "message", "why", "fix", … } }\`. The JSON schema of all that \`--json\`
prints is \`schema/output.schema.json\` in the package: \`${invocation} schema output\`.`;

function describeCheck({ id, title, about, findings }: Check): string {
  const entries = Object.entries(findings);
  const fine = entries.filter(([, { level }]) => level === 'ok');
  return [
    `<a id="${id}"></a>`,
    `## ${title}`,
    about,
    ...(fine.length === 0
      ? []
      : [fine.map(([name, explanation]) => `✓ \`${name}\`: ${explanation.title}.`).join('  \n')]),
    ...entries.flatMap(([name, explanation]) => describeFinding(name, explanation)),
  ].join('\n\n');
}

function describeFinding(id: string, explanation: Explanation): string[] {
  if (explanation.level === 'ok') return [];
  const { level, title, why, cure, page } = explanation;
  return [
    `### \`${id}\``,
    `${levels[level]}: **${title}.** ${why}`,
    `${cure} [The rule](${page}).`,
  ];
}
