import { isObject, type JsonObject } from '../protocol/index.ts'
import { type Fact, type Origin, readOwn, type Requirement } from './model.ts'

/** A schema of contracts/ at one place, without its references and branches; several may say something about one place, the page's first. */
export interface Fragment {
  /** The document that it is of, for its references. */
  readonly root: JsonObject
  readonly schema: JsonObject
  readonly origin: Origin
  /** Members that are required as long as another is absent: `if` without it, `then` required. */
  readonly requiredUnless: readonly (Requirement & { name: string })[]
  /** Rules that a model cannot express: those with a condition, and refused values. */
  readonly conditions: readonly Fact<string>[]
}

/** Limits of the page that no AWS model has had from 2015 to 2026: all that the page alone says. */
const PROSE_OF_PAGE = [
  'API page, request parameter containerInstances',
  'API page, request parameter startedBy',
]

/** Returns the fragments of page and overlay for the complete body. */
export function readFragments(page: JsonObject, overlay: JsonObject): Fragment[] {
  return [...flatten(page, page, ORIGIN_OF_PAGE), ...flatten(overlay, overlay, ORIGIN_OF_OVERLAY)]
}

const ORIGIN_OF_PAGE: Origin = { from: 'page', source: 'API page', isProse: false }
const ORIGIN_OF_OVERLAY: Origin = { from: 'overlay', source: '', isProse: true }

/** Returns the fragments of the items of a place, or of one of its members. */
export function readMemberFragments(
  fragments: readonly Fragment[],
  keyword: 'items' | 'properties',
  name?: string,
): Fragment[] {
  return fragments.flatMap(({ root, schema, origin }) => {
    const child = readOwn(schema, keyword)
    const member = name === undefined || !isObject(child) ? child : readOwn(child, name)
    return isObject(member) ? flatten(root, member, origin) : []
  })
}

/** A schema, what it refers to, and its branches, side by side; each has the nearest source above it. */
function flatten(root: JsonObject, schema: JsonObject, above: Origin): Fragment[] {
  const origin = readOrigin(schema, above)
  const { $ref, allOf, ...own } = schema
  const referred = typeof $ref === 'string' ? readDefinition(root, $ref) : undefined
  const branches = Array.isArray(allOf) ? allOf.filter(isObject) : []
  return [
    { root, schema: own, origin, ...readConditions(own, origin) },
    ...[...(referred ? [referred] : []), ...branches].flatMap((branch) =>
      flatten(root, branch, origin),
    ),
  ]
}

function readDefinition(root: JsonObject, ref: string): JsonObject {
  const definitions = root['$defs']
  const definition = isObject(definitions)
    ? readOwn(definitions, ref.replace('#/$defs/', ''))
    : undefined
  if (!isObject(definition)) throw new TypeError(`contracts/ has no ${ref}`)
  return definition
}

/** A fact of the overlay is a model's when its source names one; how much it weighs in a check is another matter. */
function readOrigin(schema: JsonObject, above: Origin): Origin {
  const source = schema['x-source']
  if (typeof source !== 'string') return above
  const isProse =
    above.from === 'page' ? PROSE_OF_PAGE.includes(source) : !/AWS model|AWS SDK/.test(source)
  return { from: above.from, source, isProse }
}

function readConditions(
  schema: JsonObject,
  origin: Origin,
): Pick<Fragment, 'requiredUnless' | 'conditions'> {
  const { if: condition, then, not } = schema
  const refused =
    not === undefined
      ? []
      : [{ value: readRuleName(schema, 'not'), origin: { ...origin, isProse: true } }]
  if (!isObject(condition) || !isObject(then)) return { requiredUnless: [], conditions: refused }
  const placed = readOrigin(then, origin)
  const unless = placed.isProse ? undefined : readAbsentMember(condition)
  const required = Array.isArray(then['required'])
    ? then['required'].filter((name) => typeof name === 'string')
    : []
  if (unless !== undefined)
    return {
      requiredUnless: required.map((name) => ({ name, unless, origin: placed })),
      conditions: refused,
    }
  return { requiredUnless: [], conditions: [...refused, nameCondition(then, placed)] }
}

/** A condition on one member has its name and source there. */
function nameCondition(then: JsonObject, above: Origin): Fact<string> {
  const members = isObject(then['properties']) ? Object.values(then['properties']) : []
  const [only] = members
  const rule =
    members.length === 1 && isObject(only) && !Array.isArray(only['allOf'])
      ? { ...then, ...only }
      : then
  return {
    value: readRuleName(rule, 'rule'),
    origin: { ...readOrigin(rule, above), isProse: true },
  }
}

/** The one member whose absence is the condition. */
function readAbsentMember({ not }: JsonObject): string | undefined {
  const required: readonly unknown[] =
    isObject(not) && Array.isArray(not['required']) ? not['required'] : []
  const [name] = required
  return required.length === 1 && typeof name === 'string' ? name : undefined
}

function readRuleName(schema: JsonObject, otherwise: string): string {
  const rule = schema['x-rule']
  if (typeof rule === 'string') return `rule ${rule}`
  const names = isObject(schema['properties'])
    ? Object.keys(schema['properties'])
    : Array.isArray(schema['required'])
      ? schema['required']
      : []
  return names.length === 0 ? otherwise : `${otherwise} on ${names.join(', ')}`
}
