import { describeReason } from '../message/index.ts'
import { parseBody } from '../protocol/index.ts'
import type { ImportSource, TellFinding } from './imported.ts'
import { readToEnd } from './lines.ts'

const MAX_DOCUMENT_BYTES = 256 * 1024 * 1024

/** A source that is one document; `undefined` for one that is none, or too large, which is told. */
export async function readWholeJson(source: ImportSource, tell: TellFinding): Promise<unknown> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of readToEnd(source, tell, () => undefined)) {
    pieces.push(chunk)
    bytes += chunk.length
    if (bytes > MAX_DOCUMENT_BYTES) {
      tell({
        rule: 'import.too-large',
        severity: 'error',
        message: `more than ${MAX_DOCUMENT_BYTES} bytes; it is not read`,
      })
      return undefined
    }
  }
  try {
    const value = parseBody(Buffer.concat(pieces), MAX_DOCUMENT_BYTES)
    if (value === undefined)
      tell({ rule: 'import.record', severity: 'error', message: 'it is empty' })
    return value
  } catch (error) {
    tell({
      rule: 'import.record',
      severity: 'error',
      message: describeReason(error),
    })
    return undefined
  }
}
