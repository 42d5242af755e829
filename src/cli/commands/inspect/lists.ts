import { formatJson } from '../../output/json-text.ts'
import type { ExchangeSummary, Inspected, InspectedFile } from '../../../report/index.ts'
import { formatFileLine, formatListLine, formatPlainLine, type Paint } from './words.ts'

/** A list in the making. */
export interface List {
  /** Notes an exchange that was looked at. */
  count(): void
  add(inspected: Inspected, summary: ExchangeSummary): string
  end(): string
}

/** For a person: file by file. */
export function createList(paint: Paint): List {
  let latest: InspectedFile | undefined
  return {
    count: () => {},
    add({ from }, summary) {
      const heading = latest === from ? '' : `${latest ? '\n' : ''}${formatFileLine(from, paint)}`
      latest = from
      return heading + formatListLine(summary, paint)
    },
    end: () => '',
  }
}

/** For other programs: a line an exchange. */
export function createPlainList(): List {
  return { count: () => {}, add: (_, summary) => formatPlainLine(summary), end: () => '' }
}

/** One JSON document. What is known last comes last: how many there were. */
export function createJsonList(): List {
  let looked = 0
  let written = 0
  const begin = () => (written++ === 0 ? '{\n  "schemaVersion": 1,\n  "exchanges": [' : ',')
  return {
    count: () => void (looked += 1),
    add: (_, summary) => `${begin()}\n    ${formatJson(summary)}`,
    end: () => `${written === 0 ? begin() : '\n  '}],\n  "checked": ${looked}\n}\n`,
  }
}
