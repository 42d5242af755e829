// Runs before npm's scripts, on whatever Node.js the machine has: says in one line what is missing where npm's scripts are off.
var parts = process.versions.node.split('.').map(Number)
if (parts[0] < 22 || (parts[0] === 22 && parts[1] < 20)) {
  process.stderr.write(
    'starttask-harness needs Node.js 22.20 or newer; this is ' +
      process.versions.node +
      '. Run `npm ci` with install scripts on (it installs Node.js 24.21.0 for this project alone), or install a newer Node.js.\n',
  )
  process.exit(3)
}
