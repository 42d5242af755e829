import { escapeControls } from '../protocol/index.ts'
import type { Report } from './check-report.ts'

/** One JSON document with every finding in full, a line for each. What comes last is what is known last: how many were checked. */
export function createJsonReport(): Report {
  let written = 0
  const begin = () => (written++ === 0 ? '{\n  "schemaVersion": 1,\n  "findings": [' : '')
  return {
    add({ findings }) {
      return findings.map((finding) => `${begin()}${written === 1 ? '' : ','}\n    ${formatJson(finding)}`).join('')
    },
    end({ checked }) {
      const isEmpty = written === 0
      return `${begin()}${isEmpty ? '' : '\n  '}],\n  "checked": ${checked}\n}\n`
    },
  }
}

/** JSON on one line, safe to print: JSON leaves C1 and bidirectional controls as they are, and what GitHub Actions takes for a command. */
export function formatJson(value: unknown): string {
  return escapeControls(JSON.stringify(value)).replaceAll('##[', '\\u0023#[')
}
