import { describe, expect, it } from 'vitest';
import { recogniseAgent } from '../src/agents.js';

describe('agents', () => {
  it.each([
    [{ CLAUDECODE: '1' }, 'Claude Code'],
    [{ CODEX_THREAD_ID: '019a' }, 'Codex'],
    [{ CODEX_SANDBOX: 'seatbelt' }, 'Codex'],
    [{ CURSOR_AGENT: '1' }, 'Cursor'],
    [{ GEMINI_CLI: '1' }, 'Gemini CLI'],
    [{ COPILOT_CLI: '1' }, 'GitHub Copilot'],
    [{ OPENCODE: '1' }, 'OpenCode'],
    [{ AI_AGENT: 'devin@1' }, 'devin@1'],
    [{ AI_AGENT: ' v0 ' }, 'v0'],
    [{ AI_AGENT: 'devin', CLAUDECODE: '1' }, 'Claude Code'],
    [{ AGENT: 'goose' }, 'Goose'],
    [{ AGENT: 'amp@0.1' }, 'Amp'],
  ])('are recognised by %j', (env, name) => {
    expect(recogniseAgent(env)).toBe(name);
  });

  it.each([
    [{}],
    [{ CLAUDECODE: '' }],
    [{ CLAUDECODE: '0', GEMINI_CLI: 'false' }],
    [{ AI_AGENT: ' ' }],
    // Names that other programs give other things.
    [{ AGENT: 'jenkins' }],
    [{ AGENT: '' }],
    // People type there, too.
    [{ CURSOR_TRACE_ID: 'a', TERM_PROGRAM: 'vscode', REPL_ID: 'b', COPILOT_MODEL: 'c' }],
  ])('are not seen in %j', (env) => {
    expect(recogniseAgent(env)).toBeUndefined();
  });

  it('cannot put anything into a message', () => {
    expect(recogniseAgent({ AI_AGENT: '\u001b[31m' })).toBe('an agent');
    expect(recogniseAgent({ AI_AGENT: 'x'.repeat(61) })).toBe('an agent');
  });
});
