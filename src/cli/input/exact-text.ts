import { readFileSync, statSync } from 'node:fs'
import { describeReason, HarnessError, isHarnessError } from '../../message/index.ts'
import { readBodyText } from '../../protocol/index.ts'
import { MAX_RECORDING_BYTES } from '../../recording/index.ts'

/** The text of a recording. Bytes that are no text are refused: written again they would be others. */
export function readExactText(path: string): string {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > MAX_RECORDING_BYTES)
    throw new HarnessError(
      'too-large',
      `${path} has ${size} bytes; a recording of more than ${MAX_RECORDING_BYTES} is not read.`,
    )
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    throw new HarnessError('not-found', `${path} cannot be read: ${describeReason(error)}.`, {
      cause: error,
    })
  }
  try {
    return readBodyText(bytes, MAX_RECORDING_BYTES)
  } catch (error) {
    if (!isHarnessError(error)) throw error
    throw new HarnessError(error.code, `${path}: ${error.message}`, { cause: error })
  }
}
