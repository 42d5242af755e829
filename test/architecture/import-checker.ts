import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, posix, sep } from 'node:path'

import {
  BEHIND_FRONT_DOORS,
  CELLAR,
  CLOCK_AND_CHANCE,
  CLOCK_EXCEPTIONS,
  DRAWER,
  EXTRA_DOORS,
  FLOORS,
  FRONT_DOORS,
  isIn,
  PURE_BUILTINS,
  TIMELESS_FLOOR,
  WINDOWS,
} from './import-rules.ts'
import { findCycles } from './import-cycles.ts'
import { type ImportSite, readImports, type SourceFacts } from './read-imports.ts'

export type FaultRule =
  | 'no-import-found'
  | 'syntax'
  | 'unreadable-import'
  | 'unresolved-import'
  | 'outside-src'
  | 'no-floor'
  | 'upstairs'
  | 'sibling'
  | 'front-door'
  | 'skipped-door'
  | 'cycle'
  | 'window'
  | 'no-window'
  | 'clock'
  | 'default-export'
  | 'star-export'
  | 'drawer'
  | 'missing-place'

/** One breach of the house rules. `file` is relative to src, `line` counts from 1. */
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

/** Every breach of the house rules in the folder `src`, by file and line. A tree without any import is a breach: its reader is broken. */
export function checkHouse(src: string): Fault[] {
  const files = listFiles(src)
  const sources = files
    .filter((file) => SOURCE.test(file))
    .map((file): Source => ({ file, ...readImports(file, readFileSync(join(src, file), 'utf8')) }))
  const faults = sources.flatMap((source): Fault[] => [
    ...checkFile(source),
    ...source.imports.flatMap((site) => checkImport(source.file, site, files)),
    ...checkClock(source),
  ])
  return [...checkReader(sources), ...faults, ...checkCycles(sources, files)].toSorted(
    (a, b) => a.file.localeCompare(b.file) || a.line - b.line,
  )
}

/** The places that the house rules name and `src` does not have: a rule for a file that is gone protects nothing. */
export function findMissingPlaces(src: string): Fault[] {
  const files = listFiles(src)
  const named = [
    ...CELLAR.map((place) => ({ place, what: 'a file under all floors' })),
    ...FRONT_DOORS.map((place) => ({ place, what: 'a front door' })),
    ...EXTRA_DOORS.map((place) => ({ place, what: 'an extra door' })),
    ...[...CLOCK_EXCEPTIONS.keys()].map((place) => ({
      place,
      what: 'an exception from the clock rule',
    })),
    ...[...WINDOWS].flatMap(([name, list]) =>
      list.map(({ place }) => ({ place, what: `a window for ${name}` })),
    ),
  ]
  return named
    .filter(({ place }) => !files.some((file) => isIn(place, file)))
    .map(({ place, what }) => ({
      file: place,
      line: 1,
      rule: 'missing-place',
      message: `the house rules list ${place} as ${what}, but it is not there`,
    }))
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
  if (readFloor(file) === undefined) {
    const message = `${readRoom(file) ?? file} has no floor: list it in test/house/house-rules.ts, or move it into a room`
    faults.push({ file, line: 1, rule: 'no-floor', message })
  }
  for (const name of file.split('/').map((part) => part.replace(/\..*$/, ''))) {
    if (DRAWER.test(name))
      faults.push({
        file,
        line: 1,
        rule: 'drawer',
        message: `${name} is a drawer: name what is inside`,
      })
  }
  for (const line of defaultExports)
    faults.push({
      file,
      line,
      rule: 'default-export',
      message: 'a default export has no name of its own: export a name',
    })
  for (const line of starExports)
    faults.push({
      file,
      line,
      rule: 'star-export',
      message: 'export * hides what goes through the door: name each export',
    })
  return faults
}

function checkImport(file: string, site: ImportSite, files: readonly string[]): Fault[] {
  const { line, specifier } = site
  if (specifier === undefined) {
    return [
      {
        file,
        line,
        rule: 'unreadable-import',
        message:
          'this import is computed, so nobody can tell what it loads: write it as a plain string',
      },
    ]
  }
  if (specifier.startsWith('/') || specifier.startsWith('file:')) {
    return [{ file, line, rule: 'outside-src', message: `'${specifier}' is an absolute path` }]
  }
  if (!isRelative(specifier)) return checkWindow(file, site, specifier)
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
  return checkFloors(file, line, target)
}

function checkFloors(file: string, line: number, target: string): Fault[] {
  const from = readRoom(file)
  const to = readRoom(target)
  const floor = readFloor(file)
  const targetFloor = readFloor(target)
  if (floor === undefined || targetFloor === undefined) return [] // reported once, as a file without a floor
  if (FRONT_DOORS.includes(target))
    return [
      {
        file,
        line,
        rule: 'front-door',
        message: `${target} is a front door, which no file of src imports`,
      },
    ]
  if (FRONT_DOORS.includes(file) && to !== undefined && BEHIND_FRONT_DOORS.includes(to)) {
    return [
      {
        file,
        line,
        rule: 'front-door',
        message: `${file} is a front door, which does not import ${to}`,
      },
    ]
  }
  if (from === to) return []
  if (targetFloor > floor) {
    return [
      {
        file,
        line,
        rule: 'upstairs',
        message: `${describe(file)} imports ${target} of ${describe(target)}: a room imports only from lower floors`,
      },
    ]
  }
  if (targetFloor === floor) {
    return [
      {
        file,
        line,
        rule: 'sibling',
        message: `${describe(file)} imports ${target} of ${describe(target)}: rooms on one floor are blind to each other`,
      },
    ]
  }
  if (to !== undefined && target !== `${to}/index.ts` && !EXTRA_DOORS.includes(target)) {
    return [
      {
        file,
        line,
        rule: 'skipped-door',
        message: `${target} is inside ${to}: import it through ${to}/index.ts`,
      },
    ]
  }
  return []
}

function checkWindow(file: string, { line, names }: ImportSite, specifier: string): Fault[] {
  if (isBuiltin(specifier) && !specifier.startsWith('node:')) {
    return [
      {
        file,
        line,
        rule: 'no-window',
        message: `no window for ${specifier}: a builtin is written node:${specifier}`,
      },
    ]
  }
  const module = specifier.startsWith('node:')
    ? specifier
    : specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  if (CELLAR.includes(file)) {
    return [
      {
        file,
        line,
        rule: 'window',
        message: `${file} lies under all floors and imports nothing from outside, not even ${module}`,
      },
    ]
  }
  if (PURE_BUILTINS.includes(module)) return []
  const windows = WINDOWS.get(module)
  if (windows === undefined) {
    return [
      {
        file,
        line,
        rule: 'no-window',
        message: `no window for ${module}: give it one room in test/house/house-rules.ts`,
      },
    ]
  }
  const window = windows.find(({ place }) => isIn(place, file))
  if (window === undefined) {
    const places =
      windows.length === 0 ? 'nowhere in src' : `in ${windows.map(({ place }) => place).join(', ')}`
    return [
      { file, line, rule: 'window', message: `${module} is imported ${places}, not in ${file}` },
    ]
  }
  const refused = names.filter((name) => window.names !== undefined && !window.names.includes(name))
  if (refused.length === 0) return []
  return [
    {
      file,
      line,
      rule: 'window',
      message: `${refused.join(', ')} of ${module} is not for ${window.place}: test/house/house-rules.ts lists what is`,
    },
  ]
}

function checkClock({ file, code }: Source): Fault[] {
  const floor = readFloor(file)
  if (
    floor === undefined ||
    floor > TIMELESS_FLOOR ||
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
          message: `${describe(file)} uses ${match[0]}: it is handed the time, a wait or a random value`,
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

/** The room of `file`; `undefined` in the root of src. */
function readRoom(file: string): string | undefined {
  return file.includes('/') ? file.split('/', 1)[0] : undefined
}

/** The floor of `file`: its room's, under all for the cellar, above all for a front door; `undefined` when the plan has no place for it. */
function readFloor(file: string): number | undefined {
  const room = readRoom(file)
  if (room !== undefined) return FLOORS.get(room)
  if (CELLAR.includes(file)) return -1
  return FRONT_DOORS.includes(file) ? Infinity : undefined
}

function describe(file: string): string {
  const room = readRoom(file)
  const floor = readFloor(file)
  if (room !== undefined) return `${room} (floor ${floor})`
  return floor === -1 ? `${file} (under all floors)` : file
}
