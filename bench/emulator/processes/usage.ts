// Loaded into a process before its own program: tells what it uses when it is asked.
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ bytes: process.memoryUsage.rss(), cpuMilliseconds: (user + system) / 1_000 });
});
process.channel?.unref();
