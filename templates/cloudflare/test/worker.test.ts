import { expect, it, vi } from 'vitest';

const runtime = vi.hoisted(() => ({
  env: { PORT: 'none', HOST: '', SOMETHING: { bound: true } },
  waitUntil: vi.fn<(work: Promise<unknown>) => void>(),
}));
vi.mock('cloudflare:workers', () => runtime);

it('takes its settings from what is bound, and outlives a client that goes away', async () => {
  const logged = vi.spyOn(console, 'error').mockReturnValue();
  const { default: worker } = await import('../src/worker.js');
  const { log } = await import('../src/log.js');
  log.level = 'info';
  const answer = worker.fetch(new Request('https://mcp.example.com/health'));
  expect(runtime.waitUntil.mock.calls).toEqual([[answer]]);
  expect((await answer).status).toBe(503);
  const said = logged.mock.calls.flat().join();
  expect(said).toContain('PORT must be a port number from 1 to 65535, but is \\"none\\"');
  expect(said).not.toMatch(/HOST|SOMETHING/);
  logged.mockRestore();
});
