/** The servers of others that the pack is run on, and how each is installed and started. */

export interface Peer {
  readonly id: string;
  /** As the table calls it. */
  readonly title: string;
  readonly language: 'TypeScript' | 'Python';
  /** Exact versions; the first is the one that the table names. */
  readonly packages: readonly (readonly [name: string, version: string])[];
  /** Files of conformance/peers/, by where they go. */
  readonly files: Readonly<Record<string, string>>;
  /** The one that is started. */
  readonly main: string;
  /** What its documentation leaves to the user, and how it was done: for the table. */
  readonly configuration: string;
  /** Whether it was told to require the scope mcp:use. */
  readonly scoped: boolean;
}

const jose = ['jose', '6.2.17'] as const;
const own = 'verification by jose, issuer and audience, as the documentation leaves it to the user';

export const peers: readonly Peer[] = [
  {
    id: 'sdk-2',
    title: 'Official TypeScript SDK 2',
    language: 'TypeScript',
    packages: [
      ['@modelcontextprotocol/express', '2.0.2'],
      ['@modelcontextprotocol/node', '2.1.0'],
      ['@modelcontextprotocol/server', '2.4.0'],
      ['express', '5.3.0'],
      jose,
    ],
    files: { 'sdk-2.mjs': 'sdk-2.mjs', 'verify.mjs': 'verify.mjs' },
    main: 'sdk-2.mjs',
    configuration: `\`requireBearerAuth\`, \`mcpAuthMetadataRouter\`; ${own}`,
    scoped: true,
  },
  {
    id: 'sdk-1',
    title: 'Official TypeScript SDK 1',
    language: 'TypeScript',
    packages: [['@modelcontextprotocol/sdk', '1.32.2'], jose],
    files: { 'sdk-1.mjs': 'sdk-1.mjs', 'verify.mjs': 'verify.mjs' },
    main: 'sdk-1.mjs',
    configuration: `\`requireBearerAuth\`, \`mcpAuthMetadataRouter\`; ${own}`,
    scoped: true,
  },
  {
    id: 'mcp-handler',
    title: 'mcp-handler',
    language: 'TypeScript',
    packages: [['mcp-handler', '2.4.0'], ['@modelcontextprotocol/server', '2.4.0'], jose],
    files: { 'mcp-handler.mjs': 'mcp-handler.mjs', 'verify.mjs': 'verify.mjs' },
    main: 'mcp-handler.mjs',
    configuration: `\`withMcpAuth\`, \`protectedResourceHandler\`, served by node:http; ${own}`,
    scoped: true,
  },
  {
    id: 'mcp-framework',
    title: 'mcp-framework',
    language: 'TypeScript',
    packages: [
      ['mcp-framework', '0.2.22'],
      ['zod', '3.25.76'],
    ],
    files: {
      'dist/index.js': 'mcp-framework.mjs',
      'dist/tools/HelloTool.js': 'mcp-framework-tool.mjs',
    },
    main: 'dist/index.js',
    configuration: '`OAuthAuthProvider`, validation `jwt`; it has no scopes',
    scoped: false,
  },
  {
    id: 'fastmcp-typescript',
    title: 'fastmcp',
    language: 'TypeScript',
    packages: [['fastmcp', '4.20.16'], jose],
    files: { 'server.mjs': 'fastmcp-typescript.mjs', 'verify.mjs': 'verify.mjs' },
    main: 'server.mjs',
    configuration:
      '`oauth` and `authenticate`, which throws a 401 Response as in its README; verification by jose, where the README has fast-jwt',
    scoped: false,
  },
  {
    id: 'mcp-python',
    title: 'Official Python SDK',
    language: 'Python',
    packages: [
      ['mcp', '2.3.0'],
      ['pyjwt[crypto]', '2.15.1'],
    ],
    files: { 'server.py': 'mcp-python.py' },
    main: 'server.py',
    configuration:
      '`TokenVerifier`, `AuthSettings`; verification by PyJWT, issuer and audience, as the documentation leaves it to the user',
    scoped: true,
  },
  {
    id: 'fastmcp-python',
    title: 'FastMCP',
    language: 'Python',
    packages: [['fastmcp', '4.0.10']],
    files: { 'server.py': 'fastmcp-python.py' },
    main: 'server.py',
    configuration: '`RemoteAuthProvider` with `JWTVerifier`',
    scoped: true,
  },
];
