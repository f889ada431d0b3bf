import { log } from '../src/log.js';

// Tests provoke errors on purpose; set this to 'debug' to see what the server says about them.
log.level = 'silent';
