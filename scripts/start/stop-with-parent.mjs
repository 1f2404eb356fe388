// Preloaded into the bot that `npm start` runs: when the starter dies, however it dies, the bot stops as for SIGTERM.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
