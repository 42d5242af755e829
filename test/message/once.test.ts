/** Knowledge that src/message and src/protocol hold is not written a second time. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

const SRC = fileURLToPath(new URL('../../src/', import.meta.url))

const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))
  .toSorted()

/** Knowledge with the text that betrays a copy of it, and the places where it is at home. */
const KNOWLEDGE: readonly { name: string; copy: RegExp; home: RegExp; planted: string }[] = [
  {
    name: 'a label aligned by hand',
    copy: /(?:['"`]|\\n) {2,}(?:place|remedy|recording|reason|nearest|expected|got|said|unused|removed|damaged) {2,}/,
    home: /^message\//,
    planted: String.raw`'Gone.\n  remedy     look'`,
  },
  {
    name: 'the reason of an error',
    copy: /instanceof Error\s*\?\s*\w+\.message\s*:\s*String\(/,
    home: /^message\//,
    planted: 'error instanceof Error ? error.message : String(error)',
  },
  {
    name: 'a plural',
    copy: /=== 1 \? '' : 's'|=== 1 \? 'one [a-z ]+' : `/,
    home: /^message\//,
    planted: "`${n} file${n === 1 ? '' : 's'}`",
  },
  {
    name: 'a function that counts nouns, quotes or escapes',
    copy: /function (?:count|countNoun|quote|disarm|keepOnLine|escape(?:Controls|Line|Html|Markdown|ForTerminal|Json|Field|Data|Property))\((?:number|count|text|value|n)\b/,
    home: /^message\/|^query\/duckdb\.ts$/, // SQL has quotes of its own
    planted: 'function count(number: number, noun: string)',
  },
  {
    name: 'a line feed shown as text',
    copy: /replaceAll\('\\n',\s*(?:'\\\\n'|String\.raw`\\n`)\)/,
    home: /^message\//,
    planted: String.raw`text.replaceAll('\n', '\\n')`,
  },
  {
    name: 'the start of a command in a log',
    copy: /'##\['/,
    home: /^message\//,
    planted: "text.replaceAll('##[', '#')",
  },
  {
    name: 'a reader of unknown JSON',
    copy: /function read(?:Text|Object|List|Number)\(value: unknown\)/,
    home: /^protocol\/json\.ts$/,
    planted: 'function readText(value: unknown)',
  },
  {
    name: 'an unknown option',
    copy: /has no option |does not exist\. Known: |There is no format /,
    home: /^message\//,
    planted: '`A session has no option ${unknown}.`',
  },
]

test.each(KNOWLEDGE)('holds $name in one place', ({ copy, home }) => {
  const copies = FILES.filter((file) => !home.test(file)).flatMap((file) =>
    findLines(withoutComments(readFileSync(SRC + file, 'utf8')), copy).map(
      (line) => `src/${file}: ${line}`,
    ),
  )
  expect(copies).toEqual([])
})

test.each(KNOWLEDGE)('recognizes a copy of $name', ({ copy, planted }) => {
  expect(findLines(planted, copy)).toHaveLength(1)
})

/** Comments may show examples of the layout. */
function withoutComments(text: string): string {
  return text.replaceAll(/^\s*(?:\/\*\*|\*|\/\/).*$/gm, '')
}

/** The first line of each match: a formatter may break an expression. */
function findLines(text: string, pattern: RegExp): string[] {
  return Array.from(text.matchAll(new RegExp(pattern, 'g')), ({ index }) => {
    const end = text.indexOf('\n', index)
    return text.slice(text.lastIndexOf('\n', index) + 1, end < 0 ? undefined : end).trim()
  })
}
