'use strict'

// What `require('starttask-harness/jest')` finds: jest's own error does not say what to do about a package of ES modules.
try {
  module.exports = require('../jest.js')
} catch (error) {
  const { code, message } = error
  const isModule =
    code === 'ERR_REQUIRE_ESM' ||
    /Must use import to load ES Module|Cannot use import statement/.test(message)
  if (!isModule) throw error
  const lines = [
    'starttask-harness, and msw 3 with it, are ES modules, which jest loads in one way alone.',
    `  place      jest on Node.js ${process.versions.node}, started without --experimental-vm-modules`,
    '  remedy     NODE_OPTIONS=--experimental-vm-modules npx jest; jest 30 then imports it, and from Node.js 24.9 on requires it as well',
  ]
  throw Object.assign(new Error(lines.join('\n'), { cause: error }), {
    name: 'HarnessError',
    code: 'usage',
  })
}
