import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  checkError,
  checkRequest,
  checkResponse,
  type Finding,
  RULE_IDS,
  RULES,
} from '../../src/contract/index.ts'

interface Rule {
  id: string
  side: 'request' | 'response' | 'error'
  severity: Finding['severity']
  source: string
  says: string
  pointer?: string
  accepted?: unknown
  refused?: unknown
}

const catalogue: { rules: Rule[] } = JSON.parse(
  readFileSync('contracts/start-task/rules.json', 'utf8'),
)
const tried = catalogue.rules.filter(({ pointer }) => pointer !== undefined)

function check({ side, id }: Rule, example: unknown): Finding[] {
  if (side === 'request') return checkRequest(example)
  if (side === 'response')
    return checkResponse(example, id.endsWith('.required') ? 'recorded' : 'expected')
  const { status, body } = Object(example)
  return checkError(status, {}, body)
}

/** A rule that an example cannot but break beside its own: what is nested too deeply is unknown, too; some members only matter beside a newer one. */
function isCompany(rule: Rule, id: string): boolean {
  return (
    rule.id.endsWith('.depth') ||
    (/\.(null|beside\w+)$/.test(rule.id) && id.endsWith('.newerMember'))
  )
}

/** What a caller must mend, and what is said of this rule. */
function findFaults(
  rule: Rule,
  example: unknown,
): [pointer: string, rule: string, severity: string][] {
  return check(rule, example).flatMap(({ pointer, rule: id, severity }) =>
    id === rule.id || (severity !== 'info' && !isCompany(rule, id))
      ? [[pointer, id, severity]]
      : [],
  )
}

test('lists each rule once', () => {
  const ids = catalogue.rules.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('has examples of all rules but those of a whole exchange and of very many values', () => {
  const without = catalogue.rules.filter(({ pointer }) => pointer === undefined).map(({ id }) => id)
  expect(without).toEqual([
    'request.size',
    'request.notJson',
    'response.size',
    'response.notJson',
    'error.size',
  ])
})

test.each(tried)('accepts the one example of $id', (rule) => {
  expect(findFaults(rule, rule.accepted)).toEqual([])
})

test.each(tried)(
  'refuses the other example of $id, at its pointer and for nothing else',
  (rule) => {
    expect(findFaults(rule, rule.refused)).toEqual([[rule.pointer, rule.id, rule.severity]])
  },
)

test.each(tried.filter(({ id }) => !id.endsWith('newerMember')))(
  'says of $id where it stands, as the catalogue does',
  (rule) => {
    const [finding] = check(rule, rule.refused).filter(({ rule: id }) => id === rule.id)
    expect(finding?.source).toBe(rule.source)
  },
)

test('is what the package knows as its rules', () => {
  const known = catalogue.rules.map(({ id, side, severity, source, says }) => [
    id,
    { side, severity, source, says },
  ])
  expect([...RULES]).toEqual(known)
  expect(RULE_IDS).toEqual([...RULES.keys()])
})

test('is made from the schemas as they are, and the page of rules from it', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['scripts/make-rule-catalogue.ts', '--check'],
    { encoding: 'utf8' },
  )
  expect(stderr).toBe('')
  expect(status).toBe(0)
})
