import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The package's own folder. */
export const ROOT = join(import.meta.dirname, '../..')

/** A fenced block of a page. */
export interface Block {
  /** Where it begins, counted from 1. */
  line: number
  /** The first word of its info string; empty where it has none. */
  language: string
  /** The second word: the file that it is, in the project of its page. */
  file: string | undefined
  text: string
  /** Why it is not run, as the comment in the line before it says: `<!-- not run: needs an account of AWS -->`. */
  notRun: string | undefined
}

/** A page of the documentation. */
export interface Page {
  /** Its path in the package: `docs/replay.md`. */
  name: string
  text: string
  blocks: readonly Block[]
}

/** Folders of this documentation's pages, and pages that stand beside them. */
const BESIDE = [
  'README.md',
  'CONTRIBUTING.md',
  'ARCHITECTURE.md',
  'contracts/README.md',
  'bench/README.md',
]

/** Every page of docs/, with those of other folders that link into it. */
export function listPages(): Page[] {
  const inDocs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.md'),
  )
  return [...BESIDE, ...inDocs.map((file) => `docs/${file}`).toSorted()].map(readPage)
}

function readPage(name: string): Page {
  const text = readFileSync(join(ROOT, name), 'utf8')
  return { name, text, blocks: readBlocks(text) }
}

/** The fenced blocks of a text. A fence that is not closed reaches to the end, as on a code host. */
export function readBlocks(text: string): Block[] {
  const found = text.matchAll(
    /(?:^<!-- not run: ([^\n]*?) -->\n)?^```([^\n]*)\n([\s\S]*?)(?:^```$|$(?![\s\S]))/gm,
  )
  return [...found].map(({ index, 1: notRun, 2: info = '', 3: inside = '' }) => {
    const [language = '', file] = info.trim().split(/\s+/)
    const line = text.slice(0, index).split('\n').length + (notRun === undefined ? 0 : 1)
    return { line, language, file, text: inside, notRun }
  })
}

/** A command of a `console` block, and what the page shows below it. */
export interface Example {
  command: string
  printed: string
}

/** The commands of a `console` block, in order: lines that begin with `$ `, and with what a `\` at the end continues. */
export function readExamples(text: string): Example[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((example) => {
      const [command = '', ...printed] = example.replaceAll(/\\\n\s*/g, '').split('\n')
      return { command, printed: printed.join('\n') }
    })
}

/** The first line of `expected` that is not among the printed ones in its order; `…` stands for any lines, or for the rest of one. */
export function findMissingLine(expected: string, printed: string): string | undefined {
  const lines = printed.split('\n').map((line) => line.trimEnd())
  let from = 0
  for (const line of expected.split('\n').map((text) => text.trimEnd())) {
    if (line === '…' || line === '...' || line === '') continue
    const found = lines.findIndex(
      (one, index) =>
        index >= from && (line.endsWith('…') ? one.startsWith(line.slice(0, -1)) : one === line),
    )
    if (found === -1) return line
    from = found + 1
  }
  return undefined
}
