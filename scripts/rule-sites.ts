/** Every rule of a side's two schemas with the place where it stands, for the catalogue. */
import type { AnySchemaObject } from 'ajv/dist/2020.js'
import { readJson, resolveOverlay, resolveReferences } from './contract-schemas.ts'

export type SideName = 'request' | 'response'

/** One rule of a schema. `steps`: member names, and 0 for any item. `node`: the schema that says it, with its annotations. */
export interface RuleSite {
  id: string
  steps: readonly (string | number)[]
  keyword: string
  operand: unknown
  severity: string
  source: string
  node: AnySchemaObject
}

const KEYWORDS = [
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
] as const

/** The rules of a side: the page's, then the overlay's. A rule of several conditions stands once. */
export function listRuleSites(side: SideName): RuleSite[] {
  const page = resolveReferences(readJson(`contracts/start-task/${side}.schema.json`))
  const overlay = resolveOverlay(readJson(`contracts/start-task/${side}.overlay.schema.json`))
  const sites = [...walk(side, page, [], page['x-source']), ...walk(side, overlay, [], '')]
  return sites.filter(
    ({ id }, index) =>
      sites.findIndex((site) => site.id === id) === index && !isAlwaysMissing(id, overlay),
  )
}

function walk(
  side: SideName,
  node: AnySchemaObject,
  steps: readonly (string | number)[],
  above: string,
): RuleSite[] {
  const source = node['x-source'] ?? above
  const site = (keyword: string, operand: unknown, at = steps): RuleSite => {
    const path = formatPath(at)
    const id = [side, ...(path === '' ? [] : [path]), node['x-rule'] ?? keyword].join('.')
    return {
      id,
      steps: at,
      keyword,
      operand,
      severity: node['x-severity'] ?? 'error',
      source,
      node,
    }
  }
  const isOverlay = node['x-severity'] !== undefined
  const required: string[] = node['required'] ?? []
  const members = Object.entries<AnySchemaObject>(node['properties'] ?? {})
  return [
    ...(isOverlay
      ? node['type'] === 'integer'
        ? [site('integer', 'integer')]
        : []
      : [site('type', node['type'])]),
    ...KEYWORDS.filter(
      (keyword) => node[keyword] !== undefined && !(keyword === 'minItems' && node[keyword] === 0),
    ).map((keyword) => site(keyword, node[keyword])),
    ...required.map((name) => ({
      ...site('required', true, [...steps, name]),
      ...(isOverlay ? {} : { source: node['properties'][name]['x-source'] ?? source }),
    })),
    ...members.flatMap(([name, member]) => [
      ...walk(side, member, [...steps, name], source),
      ...(isOverlay || required.includes(name)
        ? []
        : [buildNullSite(site('null', null, [...steps, name]), member)]),
    ]),
    ...(node['items'] ? walk(side, node['items'], [...steps, 0], source) : []),
    ...[...(node['allOf'] ?? []), ...(node['then'] ? [node['then']] : [])].flatMap((branch) =>
      walk(side, branch, steps, source),
    ),
  ]
}

/** A null member that the overlay requires is missing, and that alone is said of it. */
function isAlwaysMissing(id: string, overlay: AnySchemaObject): boolean {
  if (!id.endsWith('.null')) return false
  const path = id.split('.').slice(1, -1)
  const name = path.pop() ?? ''
  const parent = path.reduce<AnySchemaObject | undefined>((node, step) => {
    const member = node?.['properties']?.[step.replace('[]', '')]
    return step.endsWith('[]') ? member?.['items'] : member
  }, overlay)
  return parent?.['required']?.includes(name) ?? false
}

function buildNullSite(site: RuleSite, member: AnySchemaObject): RuleSite {
  return { ...site, severity: 'info', source: member['x-source'] ?? site.source }
}

/** A place as rule ids name it: `tags[].key`. */
function formatPath(steps: readonly (string | number)[]): string {
  return steps
    .map((step, index) => (typeof step === 'number' ? '[]' : `${index === 0 ? '' : '.'}${step}`))
    .join('')
}
