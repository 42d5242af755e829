/** A documentation page's samples: its files, and commands with what they print. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface PageSamples {
  files: Record<string, string>
  commands: { command: string; printed: string }[]
}

/** Reads the blocks of a page: a file's name after the language, or `console` with commands after `$ ` and what they print. */
export function readPageSamples(page: string): PageSamples {
  const text = readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8')
  const blocks = [...text.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)]
  const named = blocks.flatMap(([, , file, content = '']) =>
    file === undefined ? [] : [[file, content] as const],
  )
  const consoles = blocks.filter(([, language]) => language === 'console')
  const commands = consoles.flatMap(([, , , content = '']) => content.split(/^\$ /m).slice(1))
  return {
    files: Object.fromEntries(named),
    commands: commands.map((one) => ({
      command: one.slice(0, one.indexOf('\n')),
      printed: one.slice(one.indexOf('\n') + 1),
    })),
  }
}

/** The first line that was not printed, in order; `…` stands for any lines, or for the rest of one. */
export function findMissingLine(expected: string, printed: string): string | undefined {
  const lines = printed.split('\n').map((line) => line.trimEnd())
  let from = 0
  for (const line of expected.split('\n').map((text) => text.trimEnd())) {
    if (line === '…' || line === '') continue
    const start = line.endsWith('…') ? line.slice(0, -1) : undefined
    const found = lines.findIndex(
      (one, index) => index >= from && (start === undefined ? one === line : one.startsWith(start)),
    )
    if (found === -1) return line
    from = found + 1
  }
  return undefined
}
