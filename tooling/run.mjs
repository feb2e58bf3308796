// The way in of every script in package.json. It must parse on whatever Node.js the machine has.
const major = Number(process.versions.node.split('.')[0])
if (major >= 20) {
  void import('./run/main.mjs')
} else {
  console.error(`Gangway needs Node.js 20 or newer to begin with; this is ${process.version}. https://nodejs.org has newer ones.`)
  process.exitCode = 1
}
