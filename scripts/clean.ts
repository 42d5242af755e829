// Before the compiler, which writes only what changed: takes the declarations out of .types/ that src/ no longer has, and has all written
// again when one is missing; bundle.ts does so with dist/. Two test runs in one checkout do not take the command from under each other.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const BUILD_INFO = '.types/.tsbuildinfo'

/** The files of a folder, relative to it. */
function listModules(folder: string): Set<string> {
  const place = join(root, folder)
  if (!existsSync(place)) return new Set()
  const files = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return new Set(files.map((entry) => relative(place, join(entry.parentPath, entry.name))))
}

const typed = [...listModules('src')].filter(
  (name) => name.endsWith('.ts') && !name.endsWith('.d.ts'),
)
const sources = new Set(typed.map((name) => name.slice(0, -'.ts'.length)))
const built = listModules('.types')
for (const name of built) {
  const isStale = name.endsWith('.d.ts') && !sources.has(name.slice(0, -'.d.ts'.length))
  if (isStale) rmSync(join(root, '.types', name))
}
if ([...sources].some((name) => !built.has(`${name}.d.ts`)))
  rmSync(join(root, BUILD_INFO), { force: true })
