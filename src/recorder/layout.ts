import { createHash } from 'node:crypto'
import { accessSync, constants, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

import { readTaskDefinitionName, START_TASK } from '../contract/index.ts'
import { describeReason, HarnessError } from '../message/index.ts'
import { identifyRequest } from '../matching/index.ts'
import { type Exchange, isObject } from '../protocol/index.ts'
import { listRecordingFiles } from '../recording/index.ts'

/**
 * Which file an exchange goes to. A path that ends in `.json` is the one file of all exchanges; any other is a folder with a file for
 * each different request, named for operation, task definition and a digest of what identifies the (redacted) request.
 *
 * @param ignore places of the body that do not count, as the team has decided
 */
export function chooseFile(out: string, exchange: Exchange, ignore: readonly string[]): string {
  if (out.endsWith('.json')) return out
  const { operation, request } = exchange
  const digest = createHash('sha256')
    .update(identifyExchange(exchange, ignore))
    .digest('hex')
    .slice(0, 8)
  return join(
    out,
    [kebab(operation), ...nameSubject(operation, request.body), digest].join('-') + '.json',
  )
}

/** What tells an exchange's request from others; a body that is no JSON is told by its text or bytes. */
export function identifyExchange(
  { operation, request }: Exchange,
  ignore: readonly string[],
): string {
  const { body, bodyText, bodyBase64 } = request
  if (body === null && bodyText !== undefined) return `${operation} text ${bodyText}`
  if (body === null && bodyBase64 !== undefined) return `${operation} bytes ${bodyBase64}`
  return identifyRequest(operation, body, { ignore }).key
}

/** The files in a folder that {@link chooseFile} may have named; none when there is no such folder. */
export function listNamedFiles(folder: string): string[] {
  try {
    return listRecordingFiles(folder).filter(
      (path) =>
        resolve(dirname(path)) === resolve(folder) && /-[0-9a-f]{8}\.json$/.test(basename(path)),
    )
  } catch {
    return []
  }
}

/** Throws `usage` when a recording cannot go to the path. */
export function requireOut(out: unknown): string {
  if (typeof out === 'string' && out !== '' && !out.includes('\0')) return out
  throw new HarnessError(
    'usage',
    'A recorder needs `out`: the path of a .json file, or of a folder.',
  )
}

/** Throws `write-failed` when no file can be made where recordings go: better before the first request than after the last. */
export function requireWritable(out: string): void {
  const folder = findFolder(resolve(out.endsWith('.json') ? dirname(out) : out))
  try {
    if (!statSync(folder).isDirectory()) throw new Error(`${folder} is not a folder`)
    accessSync(folder, constants.W_OK)
  } catch (error) {
    const reason = describeReason(error)
    throw new HarnessError(
      'write-failed',
      `Cannot write ${out}: ${reason}. Name a place that can be written.`,
      { cause: error },
    )
  }
}

/** The folder, or the nearest one above it that exists. */
function findFolder(folder: string): string {
  const above = dirname(folder)
  return above === folder || statSync(folder, { throwIfNoEntry: false })
    ? folder
    : findFolder(above)
}

function nameSubject(operation: string, body: unknown): string[] {
  const definition = isObject(body) ? body['taskDefinition'] : undefined
  if (operation !== START_TASK || typeof definition !== 'string') return []
  const name = readTaskDefinitionName(definition)
    .replaceAll(/[^A-Za-z0-9_]+/g, '-')
    .slice(0, 60)
  return name === '' ? [] : [name]
}

function kebab(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()
}
