import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, posix, sep } from 'node:path'

import {
  NOT_IN_ENTRY_POINTS,
  CLOCK_AND_CHANCE,
  CLOCK_EXCEPTIONS,
  VAGUE_NAME,
  EXTRA_ENTRY_POINTS,
  LAYERS,
  PAIRS,
  ENTRY_POINTS,
  isIn,
  PURE_BUILTINS,
  LAST_LAYER_WITHOUT_CLOCK,
  ALLOWED_IMPORTS,
} from './import-rules.ts'
import { findCycles } from './import-cycles.ts'
import { type ImportSite, readImports, type SourceFacts } from './read-imports.ts'

export type FaultRule =
  | 'no-import-found'
  | 'syntax'
  | 'unreadable-import'
  | 'unresolved-import'
  | 'outside-src'
  | 'no-layer'
  | 'higher-layer'
  | 'same-layer'
  | 'entry-point'
  | 'not-an-entry-point'
  | 'cycle'
  | 'external-import'
  | 'unlisted-import'
  | 'clock'
  | 'default-export'
  | 'star-export'
  | 'vague-name'
  | 'missing-place'

/** One breach of the import rules. `file` is relative to src, `line` counts from 1. */
export interface Fault {
  file: string
  line: number
  rule: FaultRule
  message: string
}

interface Source extends SourceFacts {
  file: string
}

const SOURCE = /\.[cm]?[jt]sx?$/

/** Every breach of the import rules in the folder `src`, by file and line. A tree without any import is a breach: its reader is broken. */
export function checkImports(src: string): Fault[] {
  const files = listFiles(src)
  const sources = files
    .filter((file) => SOURCE.test(file))
    .map((file): Source => ({ file, ...readImports(file, readFileSync(join(src, file), 'utf8')) }))
  const faults = sources.flatMap((source): Fault[] => [
    ...checkFile(source),
    ...source.imports.flatMap((site) => checkOneImport(source.file, site, files)),
    ...checkClock(source),
  ])
  return [...checkReader(sources), ...faults, ...checkCycles(sources, files)].toSorted(
    (a, b) => a.file.localeCompare(b.file) || a.line - b.line,
  )
}

/** Finds the places and pairs that the import rules name and `src` does not have: a rule for a file that is gone protects nothing. */
export function findMissingPlaces(src: string): Fault[] {
  const files = listFiles(src)
  const named = [
    ...ENTRY_POINTS.map((place) => ({ place, what: 'an entry point of the package' })),
    ...[...EXTRA_ENTRY_POINTS.keys()].map((place) => ({
      place,
      what: 'an entry point of its module',
    })),
    ...[...CLOCK_EXCEPTIONS.keys()].map((place) => ({
      place,
      what: 'an exception from the clock rule',
    })),
    ...[...ALLOWED_IMPORTS].flatMap(([name, list]) =>
      list.map(({ place }) => ({ place, what: `a place that imports ${name}` })),
    ),
  ]
  const sources = files.filter((file) => SOURCE.test(file))
  const imports = sources.flatMap((file) =>
    readImports(file, readFileSync(join(src, file), 'utf8')).imports.flatMap(({ specifier }) =>
      specifier !== undefined && isRelative(specifier)
        ? [{ from: readModule(file), to: readModule(resolveImport(file, specifier)) }]
        : [],
    ),
  )
  const unusedPairs = PAIRS.filter(
    ({ from, to }) => !imports.some((one) => one.from === from && one.to === to),
  ).map(({ from, to }): Fault => ({
    file: from,
    line: 1,
    rule: 'missing-place',
    message: `the import rules let ${from} import ${to}, but it does not`,
  }))
  const missing = named
    .filter(({ place }) => !files.some((file) => isIn(place, file)))
    .map(({ place, what }) => ({
      file: place,
      line: 1,
      rule: 'missing-place' as const,
      message: `the import rules list ${place} as ${what}, but it is not there`,
    }))
  return [...missing, ...unusedPairs]
}

function listFiles(src: string): string[] {
  return readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(join(src).length + 1)
        .split(sep)
        .join('/'),
    )
    .toSorted()
}

function checkReader(sources: readonly Source[]): Fault[] {
  if (sources.some((source) => source.imports.length > 0)) return []
  return [
    {
      file: '.',
      line: 1,
      rule: 'no-import-found',
      message: 'no import found in any file: either the tree is empty or the reader is broken',
    },
  ]
}

function checkFile({ file, syntaxErrors, defaultExports, starExports }: Source): Fault[] {
  const faults: Fault[] = syntaxErrors.map(({ line, message }) => ({
    file,
    line,
    rule: 'syntax',
    message,
  }))
  if (readLayer(file) === undefined) {
    const message = `${readModule(file) ?? file} has no layer: list it in test/architecture/import-rules.ts, or move it into a module`
    faults.push({ file, line: 1, rule: 'no-layer', message })
  }
  for (const name of file.split('/').map((part) => part.replace(/\..*$/, ''))) {
    if (VAGUE_NAME.test(name))
      faults.push({
        file,
        line: 1,
        rule: 'vague-name',
        message: `${name} says nothing about its content: choose a name that does`,
      })
  }
  for (const line of defaultExports)
    faults.push({
      file,
      line,
      rule: 'default-export',
      message: 'a default export has no name: export a name',
    })
  for (const line of starExports)
    faults.push({
      file,
      line,
      rule: 'star-export',
      message: 'export * hides what is exported: name each export',
    })
  return faults
}

function checkOneImport(file: string, site: ImportSite, files: readonly string[]): Fault[] {
  const { line, specifier } = site
  if (specifier === undefined) {
    return [
      {
        file,
        line,
        rule: 'unreadable-import',
        message:
          'this import is computed, so that no tool can see what it loads: write a string literal',
      },
    ]
  }
  if (specifier.startsWith('/') || specifier.startsWith('file:')) {
    return [{ file, line, rule: 'outside-src', message: `'${specifier}' is an absolute path` }]
  }
  if (!isRelative(specifier)) return checkAllowedImport(file, site, specifier)
  const target = resolveImport(file, specifier)
  if (target.startsWith('../'))
    return [{ file, line, rule: 'outside-src', message: `'${specifier}' leads out of src` }]
  if (!files.includes(target))
    return [
      {
        file,
        line,
        rule: 'unresolved-import',
        message: `'${specifier}' leads to ${target}, which is not there`,
      },
    ]
  return checkLayers(file, line, target)
}

function checkLayers(file: string, line: number, target: string): Fault[] {
  const from = readModule(file)
  const to = readModule(target)
  const layer = readLayer(file)
  const targetLayer = readLayer(target)
  if (layer === undefined || targetLayer === undefined) return [] // reported once, as a file without a layer
  if (ENTRY_POINTS.includes(target))
    return [
      {
        file,
        line,
        rule: 'entry-point',
        message: `${target} is an entry point of the package, which no file of src imports`,
      },
    ]
  if (ENTRY_POINTS.includes(file) && to !== undefined && NOT_IN_ENTRY_POINTS.includes(to)) {
    return [
      {
        file,
        line,
        rule: 'entry-point',
        message: `${file} is an entry point of the package, which must not import ${to}`,
      },
    ]
  }
  if (from === to) return []
  if (targetLayer > layer) {
    return [
      {
        file,
        line,
        rule: 'higher-layer',
        message: `${describe(file)} imports ${target} of ${describe(target)}: a module imports only from lower layers`,
      },
    ]
  }
  if (targetLayer === layer && !PAIRS.some((pair) => pair.from === from && pair.to === to)) {
    return [
      {
        file,
        line,
        rule: 'same-layer',
        message: `${describe(file)} imports ${target} of ${describe(target)}: modules of one layer import each other only as PAIRS of test/architecture/import-rules.ts says`,
      },
    ]
  }
  if (to !== undefined && target !== `${to}/index.ts` && !EXTRA_ENTRY_POINTS.has(target)) {
    return [
      {
        file,
        line,
        rule: 'not-an-entry-point',
        message: `${target} is internal to ${to}: import it through ${to}/index.ts`,
      },
    ]
  }
  return []
}

function checkAllowedImport(file: string, { line, names }: ImportSite, specifier: string): Fault[] {
  if (isBuiltin(specifier) && !specifier.startsWith('node:')) {
    return [
      {
        file,
        line,
        rule: 'unlisted-import',
        message: `${specifier} is a builtin: write node:${specifier}`,
      },
    ]
  }
  const module = specifier.startsWith('node:')
    ? specifier
    : specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  if (PURE_BUILTINS.includes(module)) return []
  const places = ALLOWED_IMPORTS.get(module)
  if (places === undefined) {
    return [
      {
        file,
        line,
        rule: 'unlisted-import',
        message: `${module} may not be imported: list one place for it in test/architecture/import-rules.ts`,
      },
    ]
  }
  const allowed = places.find(({ place }) => isIn(place, file))
  if (allowed === undefined) {
    const expected =
      places.length === 0 ? 'nowhere in src' : `in ${places.map(({ place }) => place).join(', ')}`
    return [
      {
        file,
        line,
        rule: 'external-import',
        message: `${module} is imported ${expected}, not in ${file}`,
      },
    ]
  }
  const refused = names.filter(
    (name) => allowed.names !== undefined && !allowed.names.includes(name),
  )
  if (refused.length === 0) return []
  return [
    {
      file,
      line,
      rule: 'external-import',
      message: `${refused.join(', ')} of ${module} is not allowed in ${allowed.place}: test/architecture/import-rules.ts lists what is`,
    },
  ]
}

function checkClock({ file, code }: Source): Fault[] {
  const layer = readLayer(file)
  if (
    layer === undefined ||
    layer > LAST_LAYER_WITHOUT_CLOCK ||
    [...CLOCK_EXCEPTIONS.keys()].some((place) => isIn(place, file))
  )
    return []
  return code.split('\n').flatMap((text, index) =>
    CLOCK_AND_CHANCE.flatMap((pattern): Fault[] => {
      const match = pattern.exec(text)
      if (match === null) return []
      return [
        {
          file,
          line: index + 1,
          rule: 'clock',
          message: `${describe(file)} uses ${match[0]}: pass the time, the wait or the random value in`,
        },
      ]
    }),
  )
}

function checkCycles(sources: readonly Source[], files: readonly string[]): Fault[] {
  const targets = (source: Source) =>
    source.imports.flatMap(({ specifier, line }) => {
      const target =
        specifier !== undefined && isRelative(specifier)
          ? resolveImport(source.file, specifier)
          : undefined
      return target !== undefined && files.includes(target) ? [{ target, line }] : []
    })
  const edges = new Map(sources.map((source) => [source.file, targets(source)]))
  return findCycles(
    new Map([...edges].map(([file, list]) => [file, list.map(({ target }) => target)])),
  ).map((cycle): Fault => {
    const [file = '', next = file] = cycle
    const line = edges.get(file)?.find(({ target }) => target === next)?.line ?? 1
    return { file, line, rule: 'cycle', message: `import cycle: ${[...cycle, file].join(' -> ')}` }
  })
}

function isRelative(specifier: string): boolean {
  return (
    specifier === '.' ||
    specifier === '..' ||
    specifier.startsWith('./') ||
    specifier.startsWith('../')
  )
}

function resolveImport(file: string, specifier: string): string {
  const target = posix.join(posix.dirname(file), specifier)
  return /\.(?:cjs|d\.cts)$/.test(file) ? target.replace(/\.js$/, '.ts') : target // it is shipped as it is, and loads what the build makes
}

/** The module of `file`; `undefined` in the root of src. A module inside a folder of modules has the longer name. */
function readModule(file: string): string | undefined {
  const [folder, inner] = file.split('/')
  if (!file.includes('/')) return undefined
  const nested = `${folder}/${inner}`
  return LAYERS.has(nested) ? nested : folder
}

/** The layer of `file`: that of its module, or above all for an entry point; `undefined` when no rule places it. */
function readLayer(file: string): number | undefined {
  const module = readModule(file)
  if (module !== undefined) return LAYERS.get(module)
  return ENTRY_POINTS.includes(file) ? Infinity : undefined
}

function describe(file: string): string {
  const module = readModule(file)
  return module === undefined ? file : `${module} (layer ${readLayer(file)})`
}
