import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { HarnessError } from '../../message/index.ts'
import { isObject, type JsonObject, parseBody, readText } from '../../protocol/index.ts'

/** The folder of the nearest package.json, from `folder` upwards; `undefined` where there is none. */
export function findProjectFolder(folder: string): string | undefined {
  const above = dirname(resolve(folder))
  if (existsSync(join(folder, 'package.json'))) return resolve(folder)
  return above === resolve(folder) ? undefined : findProjectFolder(above)
}

/** What a package.json says. Throws `not-json` for one that is no object, with its place. */
export function readManifest(file: string): JsonObject {
  try {
    const manifest = parseBody(readFileSync(file))
    if (isObject(manifest)) return manifest
  } catch (error) {
    throw refuseManifest(file, error)
  }
  throw refuseManifest(file, undefined)
}

function refuseManifest(file: string, cause: unknown): HarnessError {
  return new HarnessError('not-json', `${file} is no JSON object.`, {
    remedy: 'put it right; npm reads it, too',
    cause,
  })
}

/** A package as it lies on the disk. */
export interface InstalledPackage {
  name: string
  version: string
  /** Its real folder: two links to one folder are one copy. */
  folder: string
}

/** The package that code in `folder` gets by this name, as Node.js looks for it; `undefined` where it is not installed. */
export function locatePackage(folder: string, name: string): InstalledPackage | undefined {
  const place = join(folder, 'node_modules', name)
  if (existsSync(join(place, 'package.json'))) {
    const { version } = readManifest(join(place, 'package.json'))
    return {
      name,
      version: readText(version) ?? '0.0.0',
      folder: realpathSync(place),
    }
  }
  const above = dirname(folder)
  return above === folder ? undefined : locatePackage(above, name)
}

/** The packages that a project's own package.json names, whatever it needs them for. */
export function listDependencies(manifest: Readonly<Record<string, unknown>>): Set<string> {
  return new Set(
    ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].flatMap(
      (kind) => {
        const named = manifest[kind]
        return isObject(named) ? Object.keys(named) : []
      },
    ),
  )
}

/** The scripts of a package.json, by name. */
export function listScripts(manifest: Readonly<Record<string, unknown>>): Map<string, string> {
  const { scripts } = manifest
  const all = isObject(scripts) ? Object.entries(scripts) : []
  return new Map(
    all.flatMap(([name, script]) => (typeof script === 'string' ? [[name, script] as const] : [])),
  )
}

/** Compares two versions by their numbers: below 0 where the first is older. What follows a `-` does not count. */
export function compareVersions(one: string, other: string): number {
  const [ones = [], others = []] = [one, other].map((text) =>
    text
      .replace(/[-+].*$/, '')
      .split('.')
      .map(Number),
  )
  for (const index of [0, 1, 2]) {
    const difference = (ones[index] ?? 0) - (others[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** Whether a version is in a range such as `^3.0.5`: the same first number, and not older. */
export function isWithin(version: string, range: string): boolean {
  const least = range.replace(/^[\^~]/, '')
  return (
    Number.parseInt(version, 10) === Number.parseInt(least, 10) &&
    compareVersions(version, least) >= 0
  )
}
