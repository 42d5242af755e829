import { isObject, type JsonObject } from '../protocol/index.ts'
import { type Fragment, readFragments, readMemberFragments } from './model-fragments.ts'
import {
  type Detail,
  type Fact,
  type Facet,
  type Limit,
  type Model,
  type ModelMember,
  type ModelNode,
  type NewerMember,
  type Origin,
  requireObject,
  readOwn,
  requireText,
  requireTexts,
  type Requirement,
  type WireKind,
} from './model.ts'
import { MAX_TAGS } from './request-rules.ts'

/** The documents of contracts/start-task/, parsed. */
export interface ContractDocuments {
  request: JsonObject
  requestOverlay: JsonObject
  response: JsonObject
  responseOverlay: JsonObject
  errors: JsonObject
}

const KINDS: ReadonlyMap<unknown, readonly [WireKind, Detail?]> = new Map<
  unknown,
  readonly [WireKind, Detail?]
>([
  ['string', ['string']],
  ['boolean', ['boolean']],
  ['number', ['number']], // the page's number is a whole number, a fraction or a time
  ['integer', ['number', 'integer']],
  ['array', ['list']],
  ['object', ['object', 'structure']],
])

const LIMIT_KEYWORDS: readonly (readonly [string, Limit])[] = [
  ['minLength', 'minLength'],
  ['minItems', 'minLength'],
  ['maxLength', 'maxLength'],
  ['maxItems', 'maxLength'],
  ['minimum', 'minimum'],
  ['maximum', 'maximum'],
]

const PAGE_TAGS: Origin = {
  from: 'page',
  source: 'API page, request parameter tags',
  isProse: false,
}

/** The page's rules beside its schemas, which no model can say, by the parameter that they stand at. */
const RULES_BESIDE: ReadonlyMap<string, readonly string[]> = new Map([
  ['/overrides', ['at most 8192 characters of JSON']],
  [
    '/tags',
    [
      'unique keys',
      'no key or value with the prefix aws:',
      'a key with the prefix aws: does not count',
    ],
  ],
])

/** Of a request, the contract states everything but what is secret; of a response, neither lengths nor ranges nor patterns. */
const CARRIES: Readonly<Record<'request' | 'response', ReadonlySet<Facet>>> = {
  request: new Set<Facet>(['required', 'enum', 'length', 'range', 'pattern']),
  response: new Set<Facet>(['required', 'enum']),
}

/**
 * The documented contract as a model: the page's schemas with the overlay laid over them. Each fact keeps where it stands, since a departure
 * from the page weighs more than one from the overlay. Throws `usage` when a document is none of contracts/start-task/.
 */
export function readContractModel(documents: ContractDocuments): Model {
  return {
    name: 'contract',
    request: readNode(readFragments(documents.request, documents.requestOverlay), '', RULES_BESIDE),
    response: readNode(readFragments(documents.response, documents.responseOverlay), '', new Map()),
    carries: CARRIES,
    errors: Object.keys(requireObject(documents.errors, 'errors', 'errors.json')),
    knownErrors: Object.keys(requireObject(documents.errors, 'commonErrors', 'errors.json')),
  }
}

function readNode(
  fragments: readonly Fragment[],
  pointer: string,
  beside: ReadonlyMap<string, readonly string[]>,
): ModelNode {
  const { kind, detail, origin } = readType(fragments, pointer)
  const pattern = findFact(fragments, 'pattern', (value) =>
    typeof value === 'string' ? value : undefined,
  )
  const values = findFact(fragments, 'enum', (value) =>
    Array.isArray(value) ? value.map(String) : undefined,
  )
  const items = readMemberFragments(fragments, 'items')
  const placed: Origin = {
    from: 'page',
    source: `API page, request parameter ${pointer.slice(1)}`,
    isProse: true,
  }
  const rules = (beside.get(pointer) ?? []).map((value) => ({ value, origin: placed }))
  return {
    kind,
    ...(detail === undefined ? {} : { detail }),
    origin,
    limits: readLimitsOf(fragments, pointer),
    ...(pattern === undefined ? {} : { pattern }),
    ...(values === undefined ? {} : { values }),
    ...(kind === 'object'
      ? { members: readMembers(fragments, pointer, beside), newer: readNewer(fragments) }
      : {}),
    ...(kind === 'list' ? { readItem: () => readNode(items, `${pointer}/*`, beside) } : {}),
    conditions: [...rules, ...fragments.flatMap(({ conditions }) => conditions)],
  }
}

/** The page's type, as far as it goes: the overlay may know that its number is a whole one. */
function readType(
  fragments: readonly Fragment[],
  pointer: string,
): { kind: WireKind; detail: Detail | undefined; origin: Origin } {
  const typed = fragments.flatMap(({ schema, origin }) => {
    const known = KINDS.get(schema['type'])
    return known ? [{ kind: known[0], detail: known[1], origin }] : []
  })
  const [first] = typed
  if (!first)
    throw new TypeError(`contracts/ gives ${pointer === '' ? 'the whole' : pointer} no type`)
  return typed.find(({ kind, detail }) => kind === first.kind && detail !== undefined) ?? first
}

function readLimitsOf(
  fragments: readonly Fragment[],
  pointer: string,
): ReadonlyMap<Limit, Fact<number>> {
  const limits = new Map<Limit, Fact<number>>()
  for (const { schema, origin } of fragments) {
    for (const [keyword, limit] of LIMIT_KEYWORDS) {
      const value = readOwn(schema, keyword)
      const limitsNothing = limit === 'minLength' && value === 0
      if (typeof value === 'number' && !limitsNothing && !limits.has(limit))
        limits.set(limit, { value, origin })
    }
  }
  if (pointer === '/tags') limits.set('maxLength', { value: MAX_TAGS, origin: PAGE_TAGS }) // a rule beside the schema: some do not count
  return limits
}

function findFact<T>(
  fragments: readonly Fragment[],
  keyword: string,
  read: (value: unknown) => T | undefined,
): Fact<T> | undefined {
  for (const { schema, origin } of fragments) {
    const value = read(readOwn(schema, keyword))
    if (value !== undefined) return { value, origin }
  }
  return undefined
}

function readMembers(
  fragments: readonly Fragment[],
  pointer: string,
  beside: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, ModelMember> {
  const requirements = readRequirements(fragments)
  const properties = fragments.flatMap(({ schema, origin }) =>
    origin.from === 'page' ? [schema['properties']] : [],
  )
  const names = properties.filter(isObject).flatMap((shown) => Object.keys(shown))
  return new Map(
    names.map((name) => {
      const read = () =>
        readNode(readMemberFragments(fragments, 'properties', name), `${pointer}/${name}`, beside)
      const requirement = requirements.get(name)
      return [name, requirement ? { read, requirement } : { read }]
    }),
  )
}

function readRequirements(fragments: readonly Fragment[]): ReadonlyMap<string, Requirement> {
  const requirements = new Map<string, Requirement>()
  for (const { schema, origin, requiredUnless } of fragments) {
    for (const name of requireTexts(schema, 'required', 'contracts/'))
      if (!requirements.has(name)) requirements.set(name, { origin })
    for (const { name, ...requirement } of requiredUnless)
      if (!requirements.has(name)) requirements.set(name, requirement)
  }
  return requirements
}

/** The members of `x-newer`: of each its type and since when, no more. */
function readNewer(fragments: readonly Fragment[]): ReadonlyMap<string, NewerMember> {
  const newer = new Map<string, NewerMember>()
  for (const { schema, origin } of fragments) {
    if (!isObject(schema['x-newer'])) continue
    for (const name of Object.keys(schema['x-newer'])) {
      const member = requireObject(schema['x-newer'], name, 'x-newer')
      const [kind = 'document', detail] = KINDS.get(member['type']) ?? []
      const source: Origin = { ...origin, source: requireText(member, 'x-source', name) }
      const node: ModelNode = {
        kind,
        ...(detail === undefined || kind === 'object' ? {} : { detail }),
        origin: source,
      }
      newer.set(name, { read: () => node, since: requireText(member, 'x-since', name) })
    }
  }
  return newer
}
