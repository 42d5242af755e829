/** Definitions of nock, as its recorder writes them with `output_objects`. */
import { isHarnessError } from '../message/index.ts'
import { createDefinitionReader, NOCK_LIMITS } from '../nock/index.ts'
import type {
  ImportedExchange,
  ImportFormat,
  ImportOptions,
  ImportSource,
  TellFinding,
} from './imported.ts'
import { readWholeJson } from './reading.ts'

/** Reads definitions of nock. */
export const NOCK: ImportFormat = { name: 'nock', limits: NOCK_LIMITS, read: readNock }

async function* readNock(
  source: ImportSource,
  tell: TellFinding,
  { operations }: ImportOptions,
): AsyncGenerator<ImportedExchange> {
  const list = await readWholeJson(source, tell)
  const read = createDefinitionReader(operations)
  if (!Array.isArray(list)) {
    if (list !== undefined)
      tell({
        rule: 'import.record',
        severity: 'error',
        message: 'it is no list, so it holds no definitions of nock',
      })
    return
  }
  for (const [index, value] of list.entries()) {
    try {
      const definition = read(value, `/${index}`)
      if (definition) yield definition
    } catch (error) {
      if (!isHarnessError(error)) throw error
      tell({ rule: 'import.record', severity: 'error', message: error.message })
    }
  }
}
