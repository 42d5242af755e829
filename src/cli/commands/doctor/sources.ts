import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { formatCount } from '../../../message/index.ts'
import type { Project, SetupCheck } from './check.ts'
import { readPeerRanges } from './packages.ts'
import { locatePackage } from '../../input/project.ts'

/** Looks at no more than this: the rest is told to be unread. */
const MOST_FILES = 5000
const MOST_BYTES = 1024 * 1024

/** What the project's own code does that goes wrong: options of msw 2, nock beside msw, subpaths whose package is missing. */
export function checkSources(project: Project): SetupCheck[] {
  const files = listProjectFiles(project.folder, /\.[cm]?[jt]sx?$/)
  const sources = files
    .slice(0, MOST_FILES)
    .map((file) => ({ file: relative(project.folder, file), lines: readLines(file) }))
  const found = [
    ...sources.flatMap(findOldOptions),
    ...checkNock(project, sources),
    ...checkSubpaths(project, sources),
  ]
  const check = 'sources'
  const read = `${formatCount(sources.length, 'file')} of JavaScript and TypeScript`
  if (files.length > MOST_FILES) {
    const remedy = 'start this in the package that is meant'
    return [
      ...found,
      {
        check,
        status: 'warn',
        fact: `only ${read} of ${files.length} were looked at`,
        place: project.folder,
        remedy,
      },
    ]
  }
  return found.some(({ status }) => status !== 'ok')
    ? found
    : [...found, { check, status: 'ok', fact: `${read}: nothing of msw 2, no clash` }]
}

interface Source {
  file: string
  lines: readonly string[]
}

/** Not the project's own: what is installed, built, or kept for a tool. */
const EXTERNAL_MODEL = new Set(['node_modules', 'dist', 'build', 'coverage', 'out'])

/** The files below a folder whose names a pattern fits, sorted; not in hidden folders, nor where others put theirs. Links are not followed. */
export function listProjectFiles(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.isDirectory())
        return entry.name.startsWith('.') || EXTERNAL_MODEL.has(entry.name)
          ? []
          : listProjectFiles(join(folder, entry.name), pattern)
      return entry.isFile() && pattern.test(entry.name) ? [join(folder, entry.name)] : []
    })
}

/** Without what is plainly a comment. */
function readLines(file: string): string[] {
  if (statSync(file).size > MOST_BYTES) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\/\/|\*|\/\*).*/, ''))
}

/** Each with what is true of it today. */
const OLD_OPTIONS: readonly {
  pattern: RegExp
  fact: string
  remedy: string
  inMswFiles?: boolean
}[] = [
  {
    pattern: /\bonUnhandledRequest\b/,
    fact: 'onUnhandledRequest is an option of msw 2; msw 3 ignores it, and a request that nothing handles goes to the network',
    remedy: "write onUnhandledFrame: 'error'",
  },
  {
    pattern: /\bdefaults\.error\(\)/,
    fact: 'defaults.error() in onUnhandledFrame only prints; the request then goes to the network',
    remedy: "write onUnhandledFrame: 'error'",
  },
  {
    pattern: /\brest\.(?:all|delete|get|head|options|patch|post|put)\(/,
    fact: 'rest is of msw 1; there is none in msw 3',
    remedy: 'write http, from msw, and return an HttpResponse',
    inMswFiles: true,
  },
]

function findOldOptions({ file, lines }: Source): SetupCheck[] {
  const usesMsw = lines.some((line) => IMPORTS_MSW.test(line))
  return lines.flatMap((line, index) =>
    OLD_OPTIONS.filter(
      ({ pattern, inMswFiles }) => (usesMsw || inMswFiles !== true) && pattern.test(line),
    ).map(({ fact, remedy }): SetupCheck => ({
      check: 'msw',
      status: 'fail',
      fact,
      place: `${file}:${index + 1}`,
      remedy,
    })),
  )
}

const IMPORTS_MSW =
  /(?:from|import|require)\s*\(?\s*['"](?:msw(?:\/[^'"]*)?|starttask-harness\/msw)['"]/
const IMPORTS_NOCK = /(?:from|import|require)\s*\(?\s*['"]nock['"]/

/** An import of nock patches HTTP, and a listening msw server refuses to work beside that, or the other way round. */
function checkNock({ env }: Project, sources: readonly Source[]): SetupCheck[] {
  const nock = sources.flatMap(({ file, lines }) => {
    const line = lines.findIndex((text) => IMPORTS_NOCK.test(text))
    return line === -1
      ? []
      : [
          {
            file,
            place: `${file}:${line + 1}`,
            besideMsw: lines.some((text) => IMPORTS_MSW.test(text)),
          },
        ]
  })
  const usesMsw = sources.some(({ lines }) => lines.some((text) => IMPORTS_MSW.test(text)))
  const check = 'nock'
  if (nock.length === 0 || !usesMsw) return []
  if (env['NOCK_OFF'] === 'true')
    return [
      { check, status: 'ok', fact: 'nock is imported beside msw, and NOCK_OFF keeps it still' },
    ]
  const remedy = 'set NOCK_OFF=true, or call nock.restore() before the server listens'
  return nock.map(({ place, besideMsw }) =>
    besideMsw
      ? {
          check,
          status: 'fail',
          fact: 'nock is active from its import on, in a file that uses msw: msw’s server cannot listen',
          place,
          remedy,
        }
      : {
          check,
          status: 'warn',
          fact: 'nock is active from its import on, and msw cannot listen in the same process',
          place,
          remedy,
        },
  )
}

/** What a subpath of this package loads at once. */
const LOADED_BY: ReadonlyMap<string, string> = new Map([
  ['msw', 'msw'],
  ['nock', 'nock'],
  ['arbitraries', 'fast-check'],
  ['vitest', 'vitest'],
  ['jest', '@jest/globals'],
])

function checkSubpaths({ folder }: Project, sources: readonly Source[]): SetupCheck[] {
  const ranges = readPeerRanges()
  const places = new Map<string, string>()
  for (const { file, lines } of sources) {
    for (const [index, line] of lines.entries()) {
      for (const [, subpath = ''] of line.matchAll(/['"]starttask-harness\/([a-z]+)['"]/g)) {
        if (!places.has(subpath)) places.set(subpath, `${file}:${index + 1}`)
      }
    }
  }
  return [...places].flatMap(([subpath, place]): SetupCheck[] => {
    const needed = LOADED_BY.get(subpath)
    if (needed === undefined || locatePackage(folder, needed)) return []
    const remedy = `npm i -D ${needed}@${ranges.get(needed) ?? 'latest'}`
    return [
      {
        check: 'packages',
        status: 'fail',
        fact: `starttask-harness/${subpath} needs ${needed}, which is not installed`,
        place,
        remedy,
      },
    ]
  })
}
