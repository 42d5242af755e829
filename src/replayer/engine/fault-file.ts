import { readFileSync, statSync } from 'node:fs'
import { describeReason, describeUnknownName, HarnessError } from '../../message/index.ts'
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
    throw new HarnessError(
      'not-found',
      `The fault file cannot be read: ${describeReason(error)}.`,
      {
        cause: error,
      },
    )
  }
  const file = parseBody(text, MOST_BYTES)
  if (!isObject(file) || file['format'] !== FAULTS_FORMAT)
    throw refuseFault(path, `is no fault file: "format": "${FAULTS_FORMAT}" is needed`)
  if (file['version'] !== 1)
    throw refuseFault(
      path,
      `has version ${JSON.stringify(file['version'])}; this package reads version 1`,
    )
  refuseMembers(file, ['format', 'version', 'faults', '$schema'], path)
  return file['faults']
}

/** Throws `usage` for a member that is not known. */
export function refuseMembers(given: JsonObject, known: readonly string[], place: string): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name))
  if (unknown !== undefined) throw describeUnknownName('member', unknown, known, [['place', place]])
}

export function refuseFault(place: string, fact: string): HarnessError {
  return new HarnessError('usage', `${place} ${fact}.`)
}
