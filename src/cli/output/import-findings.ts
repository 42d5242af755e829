import type { ImportFinding } from '../../formats/index.ts'
import { escapeLine, formatDetail } from '../../message/index.ts'
import { printNotice } from './terminal.ts'

const MOST_SHOWN = 20

/** Prints what an import left out, a line each, and at most {@link MOST_SHOWN} of them. */
export function printFindings(findings: readonly ImportFinding[]): void {
  for (const { file, line, severity, message } of findings.slice(0, MOST_SHOWN))
    printNotice(
      formatDetail(
        severity,
        escapeLine(`${file}${line === undefined ? '' : `:${line}`}: ${message}`),
      ),
    )
  if (findings.length > MOST_SHOWN)
    printNotice(`  … and ${findings.length - MOST_SHOWN} more (--json names all)`)
}
