// What a server tells the clients of this process.
import { vi } from 'vitest';
import type { Running } from './project.js';

/** @returns everything that the server answers from now on, headers and bodies, as one text */
export function recordAnswers({ url }: Running): () => Promise<string> {
  const { origin } = new URL(url);
  const { fetch } = globalThis;
  const answers: Promise<string>[] = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const response = await fetch(input, init);
    if (new URL(input instanceof Request ? input.url : input).origin === origin) {
      const headers = JSON.stringify([...response.headers]);
      answers.push(withBody(headers, response.clone()));
    }
    return response;
  });
  return async () => (await Promise.all(answers)).join();
}

async function withBody(headers: string, response: Response): Promise<string> {
  return headers + (await response.text());
}
