import { builtinModules } from 'node:module'
import { join } from 'node:path'

import type { Rolldown } from 'tsdown'

import { ROOT } from './contract-schemas.ts'

const SRC = join(ROOT, 'src/')
const PREFIX = '\0lazy-builtin:'

/**
 * Rolldown plugin: loads a builtin module when one of its exports is first used, not when the file that imports it is loaded. An ES module
 * import of a builtin reads each of its exports, and node:http alone takes longer than Node.js takes to start.
 *
 * Each builtin becomes a CommonJS module of getters, so that the bundler itself rewrites every use of an imported name into a member access.
 */
export function lazyBuiltins(): Rolldown.Plugin {
  return {
    name: 'lazy-builtins',
    resolveId: {
      order: 'pre',
      filter: { id: /^node:/ },
      handler: (id, importer) =>
        importer?.startsWith(SRC) && isBuiltin(id) ? `${PREFIX}${id}` : null, // not what the bundler itself adds
    },
    load: {
      filter: { id: /^\0lazy-builtin:/ },
      handler: (id) => ({ code: formatGetters(id.slice(PREFIX.length)), moduleType: 'js' }),
    },
  }
}

/** Reports whether a module of the bundle stands for a builtin. */
export function isLazyBuiltin(id: string): boolean {
  return id.startsWith(PREFIX)
}

function isBuiltin(id: string): boolean {
  return builtinModules.includes(id.slice('node:'.length))
}

function formatGetters(id: string): string {
  const names = Object.keys(process.getBuiltinModule(id) ?? {})
  return `let builtin
const load = () => (builtin ??= process.getBuiltinModule('${id}'))
module.exports = {
${names.map((name) => `  get ${name}() { return load().${name} },`).join('\n')}
}`
}
