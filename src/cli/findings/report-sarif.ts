import { hash } from 'node:crypto'

import type { Severity } from '../../contract/index.ts'
import { VERSION } from '../../package/index.ts'
import type { CheckedDocument, PlacedFinding } from './documents.ts'
import { createLineFinder } from './positions.ts'
import { formatJson } from '../output/json-text.ts'
import { formatDocumentPointer, type Report } from './report.ts'
import { describeRule } from './rules.ts'
import { formatFileUri } from './uri.ts'

const SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'
const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
}

/**
 * A SARIF 2.1.0 log, as GitHub code scanning reads it. Results come first and the rules that they name after them, since these are known
 * last. File names are relative to `folder`.
 */
export function createSarifReport(folder: string): Report {
  const rules = new Map<string, { index: number; descriptor: object }>()
  let written = 0
  const begin = () =>
    written++ === 0
      ? `{\n  "$schema": "${SCHEMA}",\n  "version": "2.1.0",\n  "runs": [{\n    "columnKind": "utf16CodeUnits",\n    "results": [`
      : ''
  const indexRule = (finding: PlacedFinding) => {
    const known = rules.get(finding.rule)
    if (known) return known.index
    rules.set(finding.rule, { index: rules.size, descriptor: describeRule(finding) })
    return rules.size - 1
  }
  return {
    add(document) {
      if (document.findings.length === 0) return ''
      const build = createResultBuilder(document, folder)
      return document.findings
        .map(
          (finding) =>
            `${begin()}${written === 1 ? '' : ','}\n      ${formatJson(build(finding, indexRule(finding)))}`,
        )
        .join('')
    },
    end({ isComplete }) {
      const driver = {
        name: 'starttask-harness',
        semanticVersion: VERSION,
        rules: [...rules.values()].map(({ descriptor }) => descriptor),
      }
      const invocations = [{ executionSuccessful: isComplete }]
      const opening = `${begin()}${written === 1 ? '' : '\n    '}],\n`
      return `${opening}    "tool": ${formatJson({ driver })},\n    "invocations": ${formatJson(invocations)}\n  }]\n}\n`
    },
  }
}

function createResultBuilder(
  document: CheckedDocument,
  folder: string,
): (finding: PlacedFinding, ruleIndex: number) => object {
  const uri = formatFileUri(document.file, folder)
  const findLine = createLineFinder(document, document.findings)
  // A line keeps its fingerprint when others are put before it, so its text counts and its number does not.
  const content = document.line === undefined ? '' : digest(document.text)
  return (finding, ruleIndex) => {
    const startLine = findLine(finding)
    const pointer = formatDocumentPointer(finding)
    return {
      ruleId: finding.rule,
      ruleIndex,
      level: LEVELS[finding.severity],
      message: { text: formatMessageText(finding.message) },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri },
            ...(startLine === undefined ? {} : { region: { startLine } }),
          },
          logicalLocations: [{ fullyQualifiedName: pointer }],
        },
      ],
      partialFingerprints: {
        'starttaskFinding/v1': digest(JSON.stringify([uri, finding.rule, pointer, content])),
      },
    }
  }
}

function digest(text: string): string {
  return hash('sha256', text, 'hex')
}

/** In a SARIF message `[text](target)` is a link; foreign text must not make one. */
function formatMessageText(text: string): string {
  return text.includes('](') ? text.replaceAll(/[[\]\\]/g, String.raw`\$&`) : text
}
