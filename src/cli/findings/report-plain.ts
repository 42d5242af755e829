import { styleText } from 'node:util'

import type { Severity } from '../../contract/index.ts'
import type { PlacedFinding } from './documents.ts'
import {
  createInfoFold,
  formatFindingPlace,
  formatLogText,
  formatSummary,
  type Report,
} from './report.ts'

export interface PlainOptions {
  /** Every info finding in full, not one line for each rule. */
  isVerbose: boolean
  /** Decides about colours, and on a terminal about the width. */
  stream: NodeJS.WriteStream
}

const COLOURS = { error: 'red', warning: 'yellow', info: 'cyan' } as const
const INDENT = 8
const NEXT_LINE = `\n${' '.repeat(INDENT)}`

/** Findings for a person: file by file with a line between, each with what is wrong, its rule and source; infos folded; counts last. */
export function createPlainReport({ isVerbose, stream }: PlainOptions): Report {
  const fold = createInfoFold(isVerbose)
  const width = stream.isTTY ? Math.max(40, stream.columns) : Infinity
  const label = (severity: Severity) =>
    styleText(COLOURS[severity], severity, { stream }) + ' '.repeat(INDENT - severity.length)
  const format = (finding: PlacedFinding) => {
    const { severity, pointer, message, rule, source } = finding
    const texts = [
      `${formatFindingPlace(finding)} ${pointer || '(whole)'}`,
      message,
      `${rule}; ${source}`,
    ]
    return `${label(severity)}${texts.flatMap((text) => wrapText(text, width - INDENT)).join(NEXT_LINE)}\n`
  }
  let latest: string | undefined
  return {
    add({ file, findings }) {
      const told = fold.take(findings)
      if (told.length === 0) return ''
      const gap = latest === undefined || latest === file ? '' : '\n'
      latest = file
      return gap + told.map(format).join('')
    },
    end(summary) {
      if (!summary.isComplete) return ''
      const infos = fold
        .folded()
        .map(
          (folded) =>
            `${label('info')}${wrapText(formatFolded(folded), width - INDENT).join(NEXT_LINE)}\n`,
        )
      const gap = latest !== undefined && infos.length > 0 ? '\n' : ''
      return `${gap}${infos.join('')}${formatSummary(summary)}\n`
    },
  }
}

function formatFolded({ first, count }: { first: PlacedFinding; count: number }): string {
  return `${first.rule}: ${count === 1 ? 'at' : `${count} times, first at`} ${formatFindingPlace(first)} ${first.pointer || '(whole)'}`
}

/** A text on lines of at most `width` characters, where its words allow it; made safe to print first, since that lengthens it. */
function wrapText(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of formatLogText(text).split(' ')) {
    const latest = lines.at(-1)
    if (latest !== undefined && latest.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${latest} ${word}`
    else lines.push(word)
  }
  return lines.map((line) => formatLogText(line)) // a word that begins a line now may look like a workflow command
}
