import { join } from 'node:path'

import { build, defineConfig, type UserConfig } from 'tsdown'

import packageJson from './package.json' with { type: 'json' }
import { isLazyBuiltin, lazyBuiltins } from './scripts/lazy-builtins.ts'

const SRC = join(import.meta.dirname, 'src/')

/** Programs that the package starts in a process of their own; src/package/root.ts finds them. */
const PROGRAMS = ['recorder/finish-left', 'pact/verifier-process']

/** Files that an entry point imports for their effect, not for a name. */
const IMPORTED_FOR_EFFECT = /\/src\/(?:package\/node-version|session\/register|runners\/jest)\.ts$/

/** What the command loads for help, as one file: the descriptions of all commands, and what reads a command line. */
const DESCRIBES_COMMANDS =
  /\/src\/cli\/(?:main\.ts|(?:options|program)\/|output\/terminal\.ts|commands\/(?:[\w-]+\/)+command\.ts)/

/** What `starttask check` loads in addition, as one file. */
const CHECKS = /\/src\/cli\/commands\/check\//

const SHARED: UserConfig = {
  platform: 'node',
  target: 'node22.20',
  fixedExtension: false,
  hash: false,
  treeshake: {
    moduleSideEffects: [
      { test: IMPORTED_FOR_EFFECT, sideEffects: true },
      { test: /\/src\//, sideEffects: false }, // an entry point loads what it uses of an index.ts, not all of it
    ],
  },
  checks: { legacyCjs: false, bundlerTimings: false },
  suppressWarnings: 'generator on TypeScript 7.0 is deprecated', // tsdown is pinned until TypeScript 7.1
  failOnWarn: true,
  report: false,
  logLevel: 'warn',
}

const core = await listCore()

const OUTPUT_OPTIONS = {
  sourcemapExcludeSources: true,
  minifyInternalExports: false,
  chunkFileNames: nameChunk,
  codeSplitting: {
    groups: [
      { name: 'start', test: isStart, priority: 4 },
      { name: 'core', test: (id: string) => core.has(id), priority: 3 },
      { name: 'commands', test: DESCRIBES_COMMANDS, priority: 2 },
      { name: 'check', test: CHECKS, priority: 1 },
    ],
  },
}

const OUTPUT: UserConfig = {
  ...SHARED,
  dts: { tsconfig: 'tsconfig.build.json' },
  sourcemap: true,
  outputOptions: OUTPUT_OPTIONS,
}

export default defineConfig([
  {
    ...OUTPUT,
    format: 'esm',
    entry: listEntryPoints('js'),
    plugins: [lazyBuiltins()], // not for CommonJS: `require` reads no exports
    deps: { onlyBundle: [] },
  },
  {
    ...OUTPUT,
    outputOptions: { ...OUTPUT_OPTIONS, chunkFileNames: '[name].cjs' },
    format: 'cjs',
    entry: listEntryPoints('cjs'),
    deps: { alwaysBundle: [/^@secretlint\//], onlyBundle: false }, // jest cannot require ES modules
  },
])

/** Sources of the files in dist/ with this ending that package.json names, and of the programs. */
function listEntryPoints(ending: 'js' | 'cjs'): Record<string, string> {
  const { bin, exports } = packageJson
  const named = JSON.stringify([bin, exports]).matchAll(/dist\/([\w/-]+)\.(c?js)"/g)
  const names = [...named].flatMap(([, name = '', found]) => (found === ending ? [name] : []))
  const programs = ending === 'js' ? PROGRAMS : []
  return Object.fromEntries([...names, ...programs].map((name) => [name, `src/${name}.ts`]))
}

/** Names a file that entry points share. Declarations with the name of an entry point would take the place of the entry point's own. */
function nameChunk({ name }: { name: string }): string {
  const base = name.replace(/\.d$/, '') // the plugin for declarations appends it again
  return base in listEntryPoints('js') ? `${base}-shared.js` : `${base}.js`
}

/** The modules of `start`: what both the command, which starts without `core`, and the main entry point load; and the builtins of all. */
function isStart(id: string): boolean {
  const isOfModule = ['message', 'package'].some((module) => id.startsWith(`${SRC}${module}/`))
  return (isOfModule && !id.endsWith('.d.ts')) || isLazyBuiltin(id)
}

/** The modules of `core`: what the main entry point loads, as one file, because each file takes Node.js its time. */
async function listCore(): Promise<ReadonlySet<string>> {
  const options = { config: false, entry: 'src/index.ts', dts: false, write: false } as const
  const { bundles } = await build({ ...SHARED, ...options })
  const chunks = bundles.flatMap((bundle) => bundle.chunks)
  const ids = chunks.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
  return new Set(ids.filter((id) => id !== `${SRC}index.ts`))
}
