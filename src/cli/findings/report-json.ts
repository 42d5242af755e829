import { formatJson } from '../output/json-text.ts'
import type { Report } from './report.ts'

/** One JSON document with every finding in full, a line for each. What comes last is what is known last: how many were checked. */
export function createJsonReport(): Report {
  let written = 0
  const begin = () => (written++ === 0 ? '{\n  "schemaVersion": 1,\n  "findings": [' : '')
  return {
    add({ findings }) {
      return findings
        .map((finding) => `${begin()}${written === 1 ? '' : ','}\n    ${formatJson(finding)}`)
        .join('')
    },
    end({ checked }) {
      const isEmpty = written === 0
      return `${begin()}${isEmpty ? '' : '\n  '}],\n  "checked": ${checked}\n}\n`
    },
  }
}
