import { readFileSync, statSync } from 'node:fs'

import { HarnessError } from '../../message/index.ts'
import { isObject, type JsonObject, parseBody } from '../../protocol/index.ts'

const FAULTS_FORMAT = 'starttask-faults'
const MOST_BYTES = 1024 * 1024

/** Reads a file of faults; what its list holds is still to be looked at. Throws `not-found`, `usage`, and what parsing throws. */
export function readFaultFile(path: string): unknown {
  let text: string
  try {
    if (statSync(path).size > MOST_BYTES) throw new Error(`it has more than ${MOST_BYTES} bytes`)
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new HarnessError('not-found', `The fault file cannot be read: ${reason}.`, {
      cause: error,
    })
  }
  const file = parseBody(text, MOST_BYTES)
  if (!isObject(file) || file['format'] !== FAULTS_FORMAT)
    throw refuse(path, `is no fault file: "format": "${FAULTS_FORMAT}" is needed`)
  if (file['version'] !== 1)
    throw refuse(
      path,
      `has version ${JSON.stringify(file['version'])}; this package reads version 1`,
    )
  refuseMembers(file, ['format', 'version', 'faults', '$schema'], path)
  return file['faults']
}

/** Throws `usage` for a member that is none of the known ones. */
export function refuseMembers(given: JsonObject, known: readonly string[], place: string): void {
  const strange = Object.keys(given).find((name) => !known.includes(name))
  if (strange !== undefined)
    throw refuse(
      place,
      `has the member ${JSON.stringify(strange.slice(0, 80))}. Known: ${known.join(', ')}`,
    )
}

export function refuse(place: string, fact: string): HarnessError {
  return new HarnessError('usage', `${place} ${fact}.`)
}
