/**
 * Loaded into servers before their own code (`node --import`): over IPC their memory is asked for and
 * their clock is set, and they end with the run, should that die without saying so.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

const RealDate = Date;
let offset = 0;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + offset);
    else super(...parts);
  }

  static now() {
    return RealDate.now() + offset;
  }
};

process.on('message', async (message) => {
  if (typeof message.clock === 'number') offset = message.clock;
  // What ends in the same moment is not held.
  await new Promise((resolve) => setTimeout(resolve, 50));
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  process.send({
    heap: heapUsed + external,
    resident: process.memoryUsage.rss(),
    sockets: process.getActiveResourcesInfo().filter((name) => name.startsWith('TCPSocket')).length,
  });
});
// A server that has nothing else to do is to end.
process.channel?.unref();
process.on('disconnect', () => process.exit());
