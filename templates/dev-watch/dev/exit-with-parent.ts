// Preloaded into the server: when the dev script dies without a goodbye, the server goes as well.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// Listening must not keep a process alive that has nothing else to do.
process.channel?.unref();
