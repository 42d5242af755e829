import { HarnessError } from '../message/index.ts'
import { requirePortable } from './portable.ts'
import type { Question } from './result.ts'
import { describePlace, splitTokens, type Token } from './tokens.ts'

/** A query as it is handed to an engine: the same text for each. */
export interface Statement {
  /** With `?` in place of each parameter. */
  text: string
  /** What stands for each `?`, in order. */
  values: readonly string[]
}

/**
 * Reads a query: one SELECT, in which `:name` stands for a parameter. Nothing is put into the text: both engines are given the values beside it. `dialect`
 * `portable` takes only what means the same in DuckDB and Athena; `duckdb` leaves it at one SELECT. Throws `usage`.
 */
export function parseStatement(
  { sql, parameters = {} }: Question,
  dialect: 'portable' | 'duckdb',
): Statement {
  const tokens = splitTokens(sql)
  const whole = tokens.at(-1)?.text === ';' ? tokens.slice(0, -1) : tokens
  requireOneSelect(sql, whole)
  if (dialect === 'portable') requirePortable(sql, whole)
  const last = whole.at(-1)?.end ?? 0
  return bindParameters(sql.slice(0, last), whole, parameters)
}

function requireOneSelect(sql: string, tokens: readonly Token[]): void {
  const [first] = tokens
  if (!first) throw new HarnessError('usage', 'The query is empty.', { remedy: 'give one SELECT' })
  const second = tokens.find(({ text }) => text === ';')
  if (second) throw refuse(sql, second, 'more than one statement', 'ask one SELECT at a time')
  if (first.text !== 'select' && first.text !== 'with')
    throw refuse(
      sql,
      first,
      'something else than SELECT or WITH',
      'an archive is asked, and nothing else is done with it: begin with SELECT',
    )
}

/** A refusal of a query as fact, place and remedy. */
function refuse(sql: string, { start }: Token, fact: string, remedy: string): HarnessError {
  return new HarnessError('usage', `The query holds ${fact}.`, {
    details: [['place', describePlace(sql, start)]],
    remedy,
  })
}

function bindParameters(
  sql: string,
  tokens: readonly Token[],
  parameters: Readonly<Record<string, string>>,
): Statement {
  const values: string[] = []
  const used = new Set<string>()
  let text = ''
  let done = 0
  for (const token of tokens) {
    if (token.kind === 'sign' && token.text === '?')
      throw refuse(
        sql,
        token,
        'a parameter without a name',
        'write :name, and give --param name=value',
      )
    if (token.kind !== 'parameter') continue
    const value = Object.hasOwn(parameters, token.text) ? parameters[token.text] : undefined
    if (value === undefined)
      throw refuse(
        sql,
        token,
        `the parameter :${token.text}, which has no value`,
        `give --param ${token.text}=value`,
      )
    text += `${sql.slice(done, token.start)}?`
    done = token.end
    values.push(value)
    used.add(token.text)
  }
  const idle = Object.keys(parameters).find((name) => !used.has(name))
  if (idle !== undefined)
    throw new HarnessError('usage', `The query holds no :${idle}, for which a value is given.`, {
      remedy: `write :${idle} where it belongs, or leave the value away`,
    })
  return { text: text + sql.slice(done), values }
}
