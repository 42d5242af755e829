/** The page and its overlay as one tree of places, each with the rules on it: what types and arbitraries are generated from. */
import type { AnySchemaObject } from 'ajv/dist/2020.js'
import type { BodyPlace, BodyRule, Condition, RuleKeyword } from '../src/contract/body-place.ts'
import { readJson, resolveOverlay, resolveReferences } from './contract-schemas.ts'

type LocatedRule = BodyRule & { path: string }

const KEYWORDS: readonly RuleKeyword[] = [
  'enum',
  'const',
  'pattern',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minimum',
  'maximum',
  'not',
]

/** The places of one side's body. */
export function readPlaces(side: 'request' | 'response'): BodyPlace {
  const page = resolveReferences(readJson(`contracts/start-task/${side}.schema.json`))
  const overlay = resolveOverlay(readJson(`contracts/start-task/${side}.overlay.schema.json`))
  const located = [...readRules(page, ''), ...readRules(overlay, ''), ...readRulesInCode(side)]
  const rules = located.map((rule) => ({ ...rule, id: `${side}.${rule.id}` }))
  return buildPlace(page, overlay, '', rules)
}

function buildPlace(
  page: AnySchemaObject,
  overlay: AnySchemaObject | undefined,
  path: string,
  located: readonly LocatedRule[],
): BodyPlace {
  const members = Object.entries<AnySchemaObject>(page['properties'] ?? {}).map(
    ([name, member]) => [
      name,
      buildPlace(member, overlay?.['properties']?.[name], joinPath(path, name), located),
    ],
  )
  const newer = Object.entries<AnySchemaObject>(overlay?.['x-newer'] ?? {}).map(
    ([name, member]) => [
      name,
      { ...buildPlace(member, undefined, joinPath(path, name), located), isNewer: true },
    ],
  )
  return {
    path,
    type: page['type'],
    rules: located.filter((rule) => rule.path === path).map(({ path: _path, ...rule }) => rule),
    ...(page['type'] === 'object' ? { members: Object.fromEntries([...members, ...newer]) } : {}),
    ...(page['items']
      ? { items: buildPlace(page['items'], overlay?.['items'], `${path}[]`, located) }
      : {}),
  }
}

/** Every rule of a schema without references. `own`: what must hold for the object around this place; `below`: for the place itself. */
function readRules(
  node: AnySchemaObject,
  path: string,
  own: readonly Condition[] = [],
  below: readonly Condition[] = [],
): LocatedRule[] {
  const members = Object.entries<AnySchemaObject>(node['properties'] ?? {})
  const required: unknown[] = node['required'] ?? []
  if (
    own.length > 0 &&
    (members.length > 0 || required.length > 0 || node['items'] || node['if'])
  ) {
    throw new Error(`${path}: a condition reaches the members of its object, and no deeper`)
  }
  return [
    ...readTypeRule(node, path),
    ...KEYWORDS.filter((keyword) => keyword in node).map((keyword) =>
      buildRule(node, path, keyword, node[keyword], own),
    ),
    ...required.map((name) =>
      buildRule(node, joinPath(path, String(name)), 'required', true, below),
    ),
    ...members.flatMap(([name, member]) => readRules(member, joinPath(path, name), below)),
    ...(node['items'] ? readRules(node['items'], `${path}[]`) : []),
    ...[node['allOf'] ?? []].flat().flatMap((branch) => readRules(branch, path, own, below)),
    ...(node['if']
      ? readRules(node['then'], path, own, [...below, readCondition(node['if'])])
      : []),
  ]
}

/** The page says the type of each place; the overlay says that a number is whole. */
function readTypeRule(node: AnySchemaObject, path: string): LocatedRule[] {
  if (node['type'] === 'integer') return [buildRule(node, path, 'integer', true, [])]
  return node['type'] && !node['x-severity']
    ? [buildRule(node, path, 'type', node['type'], [])]
    : []
}

function buildRule(
  node: AnySchemaObject,
  path: string,
  keyword: RuleKeyword,
  operand: unknown,
  when: readonly Condition[],
): LocatedRule {
  return {
    path,
    id: joinPath(path, node['x-rule'] ?? keyword),
    keyword,
    operand: keyword === 'not' ? (node['not']['enum'] ?? []) : operand,
    severity: node['x-severity'] ?? 'error',
    ...(when.length > 0 ? { when } : {}),
  }
}

function readCondition(node: AnySchemaObject): Condition {
  const required = [node['required'] ?? []]
    .flat()
    .map((name): Condition => ({ kind: 'present', member: String(name) }))
  const values = Object.entries<AnySchemaObject>(node['properties'] ?? {}).map(
    ([member, rule]): Condition => ({
      kind: 'among',
      member,
      values: rule['enum'] ?? [rule['const']],
    }),
  )
  const not = node['not'] ? [{ kind: 'not', of: readCondition(node['not']) } as const] : []
  const any = node['anyOf'] ? [{ kind: 'any', of: node['anyOf'].map(readCondition) } as const] : []
  return { kind: 'all', of: [...required, ...values, ...not, ...any] }
}

/** Rules that code checks: the last step of the id says which. A rule on the whole of a body is none of a place. */
function readRulesInCode(side: 'request' | 'response'): LocatedRule[] {
  const rules: AnySchemaObject[] = readJson('contracts/start-task/rules-in-code.json')['rules']
  return rules
    .map((rule) => ({ steps: String(rule['id']).split('.'), severity: rule['severity'] }))
    .filter(({ steps }) => steps[0] === side && steps.length > 2)
    .map(({ steps, severity }) => {
      return {
        path: steps.slice(1, -1).join('.'),
        id: steps.slice(1).join('.'),
        keyword: 'code',
        operand: steps.at(-1) ?? '',
        severity,
      }
    })
}

function joinPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}
