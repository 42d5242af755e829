import { HarnessError } from '../message/index.ts'

/** Throws `usage` for an option that is not among `known`, and for a wrong value of those that every recorder has. */
export function refuseWrongRecorderOptions(
  options: { allow?: readonly string[]; note?: string },
  known: readonly string[],
): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw new HarnessError(
      'usage',
      `A recorder has no option ${unknown}. Known: ${known.join(', ')}.`,
    )
  const { allow, note } = options
  if (allow !== undefined && !(Array.isArray(allow) && allow.every(isOperationName))) {
    throw new HarnessError('usage', 'The option allow is a list of operation names: ["RunTask"].')
  }
  if (note !== undefined && typeof note !== 'string')
    throw new HarnessError('usage', 'The option note is a text.')
}

function isOperationName(name: unknown): boolean {
  return typeof name === 'string' && /^[A-Za-z0-9_]{1,128}$/.test(name)
}
