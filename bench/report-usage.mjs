/**
 * Loaded into measured servers before their own code (`node --import`): tells over IPC what the
 * process has used so far, and ends it with the benchmark, should that die without saying so.
 */
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send({ cpu: user + system, resident: process.memoryUsage.rss() });
});
process.on('disconnect', () => process.exit());
