// What the dev script runs: the server, as `src/index.ts` starts it.
import '../src/index.js';
