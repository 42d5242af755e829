import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import { HarnessError } from '../message/index.ts'
import { KNOWN_RULES } from './known-rules.ts'
import { refuseRules } from './refusal.ts'
import { MAX_RULES_BYTES, NO_RULES, parseRules, type Rules } from './config.ts'

/** What a rules file is called where it is looked for. */
export const RULES_FILE = 'starttask.rules.json'

export interface FindRules {
  /** The file to read. Left out, `starttask.rules.json` is looked for. */
  file?: string | undefined
  /** The folder from which it is looked for, upwards; the working directory unless it is given. */
  from?: string
  /** The rule ids that the file may name; the contract's unless they are given. */
  knownRules?: ReadonlySet<string>
}

/**
 * Reads the rules file: the one that is named, or the nearest `starttask.rules.json` in `from` and the folders above it. Without one there
 * are no rules. Throws `not-found` for a named file that cannot be read, and what {@link parseRules} throws.
 */
export function loadRules({ file, from = '.', knownRules = KNOWN_RULES }: FindRules = {}): Rules {
  const path = file ?? findRulesFile(from)
  return path === undefined ? NO_RULES : parseRules(readRulesText(path), path, knownRules)
}

/** The nearest `starttask.rules.json` in a folder and those above it. */
function findRulesFile(from = '.'): string | undefined {
  const folder = resolve(from)
  const path = join(folder, RULES_FILE)
  if (statSync(path, { throwIfNoEntry: false })?.isFile()) return path
  const above = dirname(folder)
  return above === folder ? undefined : findRulesFile(above)
}

function readRulesText(path: string): string {
  const bytes = readStart(path)
  const place = { file: path, pointer: '' }
  if (bytes.length > MAX_RULES_BYTES) {
    throw refuseRules(
      `The rules file has more than ${MAX_RULES_BYTES} bytes.`,
      place,
      'name another, or make it smaller',
    )
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw refuseRules('The rules file is not UTF-8 text.', place, 'save it as UTF-8', error)
  }
}

/** One byte more than is allowed at most, so that a device without an end is read no further either. */
function readStart(path: string): Uint8Array {
  let descriptor: number | undefined
  try {
    descriptor = openSync(path, 'r')
    const bytes = new Uint8Array(MAX_RULES_BYTES + 1)
    let size = 0
    for (let read = -1; read !== 0 && size < bytes.length; size += read)
      read = readSync(descriptor, bytes, size, bytes.length - size, null)
    return bytes.subarray(0, size)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new HarnessError(
      'not-found',
      `The rules file cannot be read: ${reason}.\n  place      ${path}\n  remedy     name a file that can be`,
      {
        cause: error,
      },
    )
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
