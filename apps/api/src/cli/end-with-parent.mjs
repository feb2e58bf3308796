// Loaded into a child by `--import`: when the process that started it dies, in whatever way, the channel between them
// closes, and the child ends as well.
process.once('disconnect', () => process.exit(0))
process.channel?.unref()
