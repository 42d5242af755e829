import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describeReason, HarnessError } from '../message/index.ts'
import { refuseConfig } from './config-error.ts'
import { type Config, MAX_CONFIG_BYTES, parseMembers, readConfig } from './config.ts'

/** The name under which the configuration file is searched. */
export const CONFIG_FILE = 'starttask.config.json'
/** The name that it had before. */
const OLD_FILE = 'starttask.rules.json'

/** Options of {@link loadConfig}. */
export interface LoadConfigOptions {
  /** The file to read. Without it, `starttask.config.json` is searched. */
  file?: string | undefined
  /** The folder in which the search begins. @default the working directory */
  directory?: string | undefined
}

/** A configuration, with the origin of each member: the path of the file that has it, or `default`. */
export type LoadedConfig = Config & { readonly origin: Readonly<Record<keyof Config, string>> }

/**
 * Loads the configuration: the named file, or the nearest `starttask.config.json` in `directory` and the folders above it, up to the root of the
 * repository. Without a file the configuration is empty.
 *
 * @returns the configuration, and in `origin` the place that each member comes from
 * @throws {HarnessError} `not-found` for a named file that cannot be read; `usage` for a file that is not valid, and for a `starttask.rules.json`
 * where `starttask.config.json` is missing
 * @example
 * const { redact, origin } = loadConfig({ directory: 'test' })
 */
export function loadConfig({ file, directory = '.' }: LoadConfigOptions = {}): LoadedConfig {
  const path = file ?? findConfigFile(directory)
  const members = path === undefined ? {} : parseMembers(readConfigText(path), path)
  const locate = (name: keyof Config) =>
    path !== undefined && Object.hasOwn(members, name) ? path : 'default'
  const origin = {
    match: locate('match'),
    redact: locate('redact'),
    keep: locate('keep'),
    severity: locate('severity'),
    provider: locate('provider'),
    coverage: locate('coverage'),
  }
  return { ...readConfig(members), origin }
}

/**
 * Finds the nearest `starttask.config.json` in a folder and those above it, up to the root of the repository.
 *
 * @throws {HarnessError} `usage` for a folder that has only the file of the old name
 */
export function findConfigFile(directory = '.'): string | undefined {
  const folder = resolve(directory)
  const [path, old] = [join(folder, CONFIG_FILE), join(folder, OLD_FILE)]
  if (isFile(path)) return path
  if (isFile(old))
    throw new HarnessError('usage', `${OLD_FILE} is not read any more.`, {
      details: [['place', old]],
      remedy: `mv ${quoteArgument(old)} ${quoteArgument(path)}`,
    })
  const above = dirname(folder)
  const isRoot = statSync(join(folder, '.git'), { throwIfNoEntry: false }) !== undefined
  return isRoot || above === folder ? undefined : findConfigFile(above)
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

/** Quotes a path for a shell where it needs quotes. */
function quoteArgument(path: string): string {
  return /^[\w./:@%+,-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`
}

function readConfigText(path: string): string {
  const bytes = readStart(path)
  const place = { file: path, pointer: '' }
  if (bytes.length > MAX_CONFIG_BYTES) {
    throw refuseConfig(
      `The configuration file has more than ${MAX_CONFIG_BYTES} bytes.`,
      place,
      'Pass another file, or make it smaller.',
    )
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw refuseConfig(
      'The configuration file is not UTF-8 text.',
      place,
      'Save it as UTF-8.',
      error,
    )
  }
}

/** Reads one byte more than is allowed, so that a device without an end is not read further. */
function readStart(path: string): Uint8Array {
  let descriptor: number | undefined
  try {
    descriptor = openSync(path, 'r')
    const bytes = new Uint8Array(MAX_CONFIG_BYTES + 1)
    let size = 0
    for (let read = -1; read !== 0 && size < bytes.length; size += read)
      read = readSync(descriptor, bytes, size, bytes.length - size, null)
    return bytes.subarray(0, size)
  } catch (error) {
    throw new HarnessError(
      'not-found',
      `The configuration file cannot be read: ${describeReason(error)}.`,
      { details: [['place', path]], remedy: 'Pass the path of a readable file.', cause: error },
    )
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
