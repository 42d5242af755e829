// After the compiler, which writes declarations alone: bundles src/ into dist/, one file for what a room loads at once, since Node.js takes
// its time for each file, and adds the declarations that users can reach. Writes only what changed, then takes out what is made no longer;
// clean.ts says why. Comments and spaces are left out, as the package has a limit; names of functions stay,
// and every statement has its line, for whoever reads a stack trace.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { type OutputChunk, type Plugin, type PreRenderedChunk, rolldown } from 'rolldown'
import { ROOT } from './contract-schemas.ts'
import { breakLines } from './break-lines.ts'
import { readPublicDeclarations } from './declarations.ts'

const SRC = join(ROOT, 'src')
const DIST = join(ROOT, 'dist')

/** What src/ loads by its file's name, where the bundler sees no import; and files whose names Node.js shall tell. */
const LOADED_BY_NAME = [
  'contract/generated/validators',
  'recorder/finish-left',
  'pact/verifier-process',
  'replayer/adapters/npm-install-save-dev-msw',
  'outcomes/npm-install-save-dev-fast-check',
  'runners/npm-install-save-dev-jest-globals',
  'runners/npm-install-save-dev-vitest',
]

/** What each module imports at once, by id. */
const imports = new Map<string, readonly string[]>()

const noteImports: Plugin = {
  name: 'note-imports',
  buildEnd() {
    for (const id of this.getModuleIds()) imports.set(id, this.getModuleInfo(id)?.importedIds ?? [])
  },
}

const entries = listEntries()
const bundle = await rolldown({
  cwd: ROOT,
  input: Object.fromEntries(entries.map((entry) => [entry, locateSource(entry)])),
  platform: 'node',
  external: /^(?!@oxc-project\/runtime)[@a-z]/, // packages and builtins stay imports; what stands in for new syntax comes along
  transform: { target: 'node22.20' },
  preserveEntrySignatures: 'allow-extension', // rolldown asks for it beside the dependencies that stay out; a test sees that none is extended
  plugins: [noteImports],
  checks: { bundlerTimings: false },
  onLog: (_level, { message }) => {
    throw new Error(message)
  },
})
const { output } = await bundle.generate({
  entryFileNames: '[name].js',
  chunkFileNames: nameFile,
  minifyInternalExports: false,
  comments: false,
  minify: { compress: true, mangle: { keepNames: true }, codegen: { removeWhitespace: true } },
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [{ debugName: 'rooms', name: findRoom }],
  },
})
await bundle.close()

const chunks = output.filter((file) => file.type === 'chunk')
for (const chunk of chunks) requireFolder(chunk)
for (const chunk of chunks) writeChunk(chunk)
const declarations = readPublicDeclarations().files
for (const { file, text } of declarations) writeWhenChanged(join(DIST, `${file}.d.ts`), text)
const commonJs = listCommonJs()
for (const file of commonJs)
  writeWhenChanged(join(DIST, file), readFileSync(join(SRC, file), 'utf8'))
takeOutStale(
  new Set([
    ...chunks.map(({ fileName }) => fileName),
    ...commonJs,
    ...declarations.map(({ file }) => `${file}.d.ts`),
  ]),
)

/** What package.json names in dist/, and what is loaded by name: paths without `dist/` and `.js`. */
function listEntries(): string[] {
  const {
    bin,
    exports,
  }: { bin: Record<string, string>; exports: Record<string, string | { default: string }> } =
    JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const files = [...Object.values(exports), ...Object.values(bin)].map((entry) =>
    typeof entry === 'string' ? entry : entry.default,
  )
  return [
    ...files.flatMap((file) => /^(?:\.\/)?dist\/(.+)\.js$/.exec(file)?.[1] ?? []),
    ...LOADED_BY_NAME,
  ]
}

function locateSource(entry: string): string {
  const file = join(SRC, entry)
  return existsSync(`${file}.ts`) ? `${file}.ts` : `${file}.js`
}

/** The file of all that a room's adapter loads in its room. Other modules, of another adapter or of a command, go where they are used. */
function findRoom(id: string): string | undefined {
  if (!id.startsWith(SRC)) return 'runtime'
  const path = locate(id)
  if (entries.includes(path)) return undefined
  const [room = '', ...rest] = path.split('/')
  if (rest.length === 0) return 'cellar'
  const adapter = `${room}/index`
  return !entries.includes(adapter) && listLoaded(locateSource(adapter)).has(id)
    ? adapter
    : undefined
}

function listLoaded(adapter: string): ReadonlySet<string> {
  const ids = new Set([adapter])
  for (const id of ids) for (const imported of imports.get(id) ?? []) ids.add(imported)
  return ids
}

/** A file beside a room's own is called after the module in it that no other there imports. */
function nameFile({ name, moduleIds }: PreRenderedChunk): string {
  if (name === 'cellar' || name === 'runtime' || name.endsWith('/index')) return `${name}.js`
  const inner = new Set(moduleIds.flatMap((id) => imports.get(id) ?? []))
  const [top = '', ...others] = moduleIds
    .filter((id) => id.startsWith(SRC) && !inner.has(id))
    .map(locate)
  if (top === '') return 'bundler.js' // what the bundler itself adds
  return others.length === 0 ? `${top}.js` : `${dirname(top)}/shared.js`
}

/** A source file's path in src/, without what its name ends with. */
function locate(id: string): string {
  return relative(SRC, id).replace(/\.[jt]s$/, '')
}

/** What finds files from its own place finds them from dist/ only in the folder of the same name. */
function requireFolder({ fileName, moduleIds }: OutputChunk): void {
  const moved = moduleIds.filter(
    (id) => id.startsWith(SRC) && dirname(locate(id)) !== dirname(fileName),
  )
  const lost = moved.find((id) => readFileSync(id, 'utf8').includes('import.meta'))
  if (lost !== undefined)
    throw new Error(
      `src/${locate(lost)} finds files from its own place and would be in dist/${fileName}.`,
    )
}

function writeChunk({ fileName, code }: OutputChunk): void {
  writeWhenChanged(join(DIST, fileName), breakLines(fileName, code))
}

/** What is written in CommonJS, for whoever cannot load the rest, with its types. It stays as it is. */
function listCommonJs(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(?:cjs|d\.cts)$/.test(file),
  )
}

function writeWhenChanged(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text)
}

function takeOutStale(written: ReadonlySet<string>): void {
  const files = readdirSync(DIST, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  for (const file of files.map((entry) => join(entry.parentPath, entry.name))) {
    if (!written.has(relative(DIST, file))) rmSync(file)
  }
}
