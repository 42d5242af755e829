import { formatValueBriefly, HarnessError } from '../message/index.ts'

/** A piece of SQL. Comments and spaces are none. */
export interface Token {
  kind: 'word' | 'name' | 'text' | 'number' | 'parameter' | 'sign'
  /** Words in lower case; parameters without their colon. */
  text: string
  /** Where it begins in the SQL, and what follows it. */
  start: number
  end: number
}

const PATTERNS: readonly (readonly [Token['kind'] | 'space', RegExp])[] = [
  ['space', /\s+|--[^\n]*|\/\*[\s\S]*?\*\//y],
  ['text', /'(?:[^']|'')*'/y],
  ['name', /"(?:[^"]|"")*"/y],
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['parameter', /:[A-Za-z_]\w*/y],
  ['word', /[\p{L}_][\p{L}\p{N}_]*/uy],
  ['sign', /::|->>|->|==|!=|<>|<=|>=|\|\||:=|=>|\*\*|\/\/|\$\$|[-+*/%(),.;=<>[\]{}?$@#`~^&|!:\\]/y],
]

/** Splits SQL into its pieces. Throws `usage` for a text, name or comment without an end, and for a character that stands nowhere in SQL. */
export function splitTokens(sql: string): Token[] {
  const tokens: Token[] = []
  let start = 0
  while (start < sql.length) {
    const found = matchAt(sql, start)
    if (!found) throw describeBroken(sql, start)
    const { kind, end } = found
    if (kind !== 'space')
      tokens.push({ kind, text: clean(kind, sql.slice(start, end)), start, end })
    start = end
  }
  return tokens
}

function matchAt(
  sql: string,
  start: number,
): { kind: Token['kind'] | 'space'; end: number } | undefined {
  if (sql.startsWith('/*', start) && !sql.includes('*/', start + 2)) return undefined
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = start
    if (kind === 'parameter' && sql[start + 1] === ':') continue
    if (pattern.test(sql)) return { kind, end: pattern.lastIndex }
  }
  return undefined
}

function clean(kind: Token['kind'], text: string): string {
  if (kind === 'word') return text.toLowerCase()
  return kind === 'parameter' ? text.slice(1) : text
}

function describeBroken(sql: string, start: number): HarnessError {
  const what = { "'": 'a text', '"': 'a name', '/': 'a comment' }[sql[start] ?? '']
  const fact =
    what === undefined
      ? `the character ${formatValueBriefly(sql[start])} stands nowhere in SQL`
      : `${what} begins and does not end`
  return new HarnessError('usage', `The query cannot be read: ${fact}.`, {
    details: [['place', describePlace(sql, start)]],
    remedy: 'correct it there',
  })
}

/** Line and column of a place, from 1, and what stands there. */
export function describePlace(sql: string, start: number): string {
  const before = sql.slice(0, start).split('\n')
  const rest = /^[^\n]{0,40}/.exec(sql.slice(start))?.[0] ?? ''
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}: ${rest}`
}

/** Formats text as a literal of SQL. */
export function formatSqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
