// Before the compiler, which writes only what changed: takes the declarations out of dist/ that src/ no longer has, and has all written
// again when one is missing; bundle.ts does so with the JavaScript. Two test runs in one checkout do not take the command from under each other.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const BUILD_INFO = 'dist/.tsbuildinfo'

/** The files of a folder, relative to it. */
function listModules(folder: string): Set<string> {
  const place = join(root, folder)
  if (!existsSync(place)) return new Set()
  const files = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Set(files.map((entry) => relative(place, join(entry.parentPath, entry.name))))
}

const sources = new Set(
  [...listModules('src')].filter((name) => !name.endsWith('.cjs')).map((name) => name.replace(/(\.d)?\.(ts|js)$/, '')),
)
const built = listModules('dist')
for (const name of built) {
  const isStale = name.endsWith('.d.ts') && !sources.has(name.slice(0, -'.d.ts'.length))
  if (isStale) rmSync(join(root, 'dist', name))
}
if ([...sources].some((name) => !built.has(`${name}.d.ts`))) rmSync(join(root, BUILD_INFO), { force: true })
