#!/usr/bin/env node
// Nothing is imported before the version is known: on an old Node.js the rest may not even parse.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const [, , asked = ''] = process.argv
if (major < 22 || (major === 22 && minor < 20)) {
  process.stderr.write(
    `starttask-harness needs Node.js 22.20.0 or newer; this is ${process.versions.node}.\n`,
  )
  process.exitCode = 3
} else if (asked === '--version' || asked === '-V') {
  void import('./version-response.ts').then(({ printVersion }) => printVersion())
} else {
  process.getBuiltinModule('node:module').enableCompileCache() // an import would load it for --version, where the cache costs more than it saves
  void import('./main.ts').then(({ main }) => main(process.argv.slice(2)))
}
