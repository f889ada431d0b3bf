// Servers of every mode against requests and tokens that mean no good: `npm run faults -- malformed`, in small.
import { afterAll, expect, it } from 'vitest';
import { examineAll } from '../../faults/malformed.js';
import { removeProjects } from '../../faults/servers.js';

afterAll(removeProjects);

it('hundreds of malformed requests get nothing but refusals, and leave nothing behind', async () => {
  const looks: string[] = [];
  const failures: string[] = [];
  await examineAll(
    (what, expected, seen, holds) => {
      looks.push(what);
      if (!holds) failures.push(`${what}: ${expected}, but ${seen}`);
    },
    { requests: 300, seed: 7, minutes: 0 },
  );
  expect(failures).toEqual([]);
  expect(looks.length).toBe(20);
}, 120_000);
