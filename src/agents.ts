/** Recognises the coding agents that run commands, by what they set for the commands they run. */

interface Agent {
  /** What people call it. */
  readonly name: string;
  readonly variables: readonly string[];
}

/**
 * Only variables that are set where an agent runs a command. Those of an editor or of a hosted
 * workspace (CURSOR_TRACE_ID, TERM_PROGRAM, REPL_ID) are set where people type, too.
 */
const agents: readonly Agent[] = [
  { name: 'Claude Code', variables: ['CLAUDECODE', 'CLAUDE_CODE'] },
  { name: 'Codex', variables: ['CODEX_THREAD_ID', 'CODEX_SANDBOX', 'CODEX_CI'] },
  { name: 'Cursor', variables: ['CURSOR_AGENT'] },
  { name: 'Gemini CLI', variables: ['GEMINI_CLI'] },
  { name: 'GitHub Copilot', variables: ['COPILOT_AGENT', 'COPILOT_CLI'] },
  { name: 'Antigravity', variables: ['ANTIGRAVITY_AGENT'] },
  { name: 'OpenCode', variables: ['OPENCODE'] },
  { name: 'Amp', variables: ['AMP_CURRENT_THREAD_ID'] },
  { name: 'Augment', variables: ['AUGMENT_AGENT'] },
  { name: 'Cline', variables: ['CLINE_ACTIVE'] },
  { name: 'Crush', variables: ['CRUSH'] },
  { name: 'Goose', variables: ['GOOSE_TERMINAL'] },
  { name: 'Pi', variables: ['PI_CODING_AGENT'] },
  { name: 'Qwen Code', variables: ['QWEN_CODE'] },
];

/** Names their agent; the second one has other meanings elsewhere, so only known names count. */
const naming = ['AI_AGENT', 'AGENT'] as const;

/**
 * @returns what people call the agent that runs this process, or undefined
 * @see https://www.npmjs.com/package/@vercel/detect-agent for AI_AGENT
 */
export function recogniseAgent(env: NodeJS.ProcessEnv): string | undefined {
  const isSet = (variable: string) => !['', '0', 'false'].includes(env[variable] ?? '');
  const found = agents.find(({ variables }) => variables.some(isSet));
  if (found !== undefined) return found.name;
  const [named = '', other = ''] = naming.map((variable) => env[variable]?.trim() ?? '');
  if (named !== '') return /^[\w@. -]{1,60}$/.test(named) ? named : 'an agent';
  const first = other.toLowerCase().split(/[^a-z]/, 1)[0];
  return agents.find(({ name }) => name.toLowerCase() === first)?.name;
}
