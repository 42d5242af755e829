import { HarnessError } from '../message/index.ts'
import { isObject, type JsonObject } from '../protocol/index.ts'
import {
  type Detail,
  type Facet,
  EXTERNAL_MODEL,
  type Model,
  type ModelMember,
  type ModelNode,
  type WireKind,
} from './model.ts'

/** The most references between schemas that are followed. More of them are a cycle. */
const MAX_REFERENCES = 20

/** The bit of a schema's traits that says `sensitive`. */
const SENSITIVE = 8

/** The schemas of single values. A list of one has 64 added, a map of one 128. Source: `@smithy/types`, `sentinels`. */
const SIMPLE: ReadonlyMap<number, readonly [WireKind, Detail?]> = new Map<
  number,
  readonly [WireKind, Detail?]
>([
  [0, ['string']],
  [1, ['number']], // every number: which, the schemas do not say
  [2, ['boolean']],
  [4, ['number', 'timestamp']],
  [5, ['string', 'timestamp']],
  [6, ['string', 'timestamp']],
  [7, ['number', 'timestamp']],
  [15, ['document']],
  [17, ['number', 'integer']],
  [19, ['number', 'float']],
  [21, ['string']], // base64
  [42, ['string']],
])

/**
 * Reads StartTask from what `@aws-sdk/client-ecs` exports: the schemas that it serialises by. They tell members, wire types, which members are
 * required, and what is sensitive; not enum values, lengths, ranges, patterns, whole numbers or an operation's errors. The arrays are read
 * as they are, since the caller's SDK brings its own `@smithy/core`.
 *
 * Throws `usage` when the SDK is older than such schemas, or when they are of a form that is not known here.
 */
export function readSdkModel(exported: JsonObject, name: string, version?: string): Model {
  const carries: ReadonlySet<Facet> = new Set<Facet>(
    hasRequiredCounts(exported) ? ['required', 'sensitive'] : ['sensitive'],
  )
  return {
    name,
    ...(version === undefined ? {} : { version }),
    request: readRoot(exported, 'StartTaskRequest$', name),
    response: readRoot(exported, 'StartTaskResponse$', name),
    carries: { request: carries, response: carries },
  }
}

function readRoot(exported: JsonObject, schema: string, name: string): ModelNode {
  const root = exported[schema]
  if (root === undefined) {
    throw new HarnessError(
      'usage',
      `${name} has no runtime schema ${schema}. It is too old to be compared: version 3.1164.0 is needed.`,
      { remedy: 'npm i -D @aws-sdk/client-ecs@latest' },
    )
  }
  return readSchema(root, 0, schema)
}

/** An SDK older than the counts has none anywhere; since then a structure without one requires nothing. */
function hasRequiredCounts(exported: JsonObject): boolean {
  return Object.values(exported).some(
    (schema) => Array.isArray(schema) && schema[0] === 3 && typeof schema[6] === 'number',
  )
}

/** `schema` may be a number, an array, either with traits beside it, or a function that gives one. */
function readSchema(schema: unknown, traits: number, place: string): ModelNode {
  const [own, merged] = unwrap(schema, traits, place)
  if (typeof own === 'number') return readNumber(own, merged, place)
  if (own === 'unit')
    return { kind: 'object', detail: 'structure', origin: EXTERNAL_MODEL, members: new Map() }
  if (!Array.isArray(own)) throw refuseSchema(place)
  const parts: readonly unknown[] = own
  const sensitive = {
    origin: EXTERNAL_MODEL,
    isSensitive: ((merged | readTraits(parts[3])) & SENSITIVE) !== 0,
  }
  switch (parts[0]) {
    case 0:
      if (typeof parts[4] !== 'number') throw refuseSchema(place)
      return readNumber(parts[4], merged | readTraits(parts[3]), place)
    case 1:
      return { kind: 'list', ...sensitive, readItem: () => readSchema(parts[4], 0, `${place}/*`) }
    case 2:
      return { kind: 'map', ...sensitive, readItem: () => readSchema(parts[5], 0, `${place}/*`) }
    case 3:
      return {
        kind: 'object',
        detail: 'structure',
        ...sensitive,
        members: readMembers(parts, place),
      }
    case 4:
      return { kind: 'object', detail: 'union', ...sensitive, members: readMembers(parts, place) }
    default:
      throw refuseSchema(place)
  }
}

function unwrap(schema: unknown, traits: number, place: string): [unknown, number] {
  let [own, merged] = [schema, traits]
  for (let count = 0; count < MAX_REFERENCES; count++) {
    if (typeof own === 'function') own = call(own, place)
    else if (Array.isArray(own) && own.length === 2) {
      merged |= readTraits(own[1])
      own = own[0]
    } else return [own, merged]
  }
  throw refuseSchema(place)
}

function call(reference: Function, place: string): unknown {
  try {
    const schema: unknown = Reflect.apply(reference, undefined, [])
    return schema
  } catch (error) {
    throw refuseSchema(place, error)
  }
}

function readTraits(traits: unknown): number {
  if (typeof traits === 'number') return traits
  return isObject(traits) && Boolean(traits['sensitive']) ? SENSITIVE : 0
}

function readNumber(schema: number, traits: number, place: string): ModelNode {
  const sensitive = { origin: EXTERNAL_MODEL, isSensitive: (traits & SENSITIVE) !== 0 }
  if (schema >= 64 && schema < 256) {
    return {
      kind: schema < 128 ? 'list' : 'map',
      ...sensitive,
      readItem: () => readNumber(schema & 63, 0, `${place}/*`),
    }
  }
  const known = SIMPLE.get(schema)
  if (!known) throw refuseSchema(place)
  const [kind, detail] = known
  return { kind, ...(detail === undefined ? {} : { detail }), ...sensitive }
}

/** The required members lead: the structure's last part counts them. */
function readMembers(parts: readonly unknown[], place: string): ReadonlyMap<string, ModelMember> {
  const [names, schemas, count = 0] = [parts[4], parts[5], parts[6]]
  if (
    !Array.isArray(names) ||
    !Array.isArray(schemas) ||
    names.length !== schemas.length ||
    typeof count !== 'number'
  )
    throw refuseSchema(place)
  return new Map(
    names.map((name: unknown, index) => {
      if (typeof name !== 'string') throw refuseSchema(place)
      const read = () => readSchema(schemas[index], 0, `${place}/${name}`)
      return [name, index < count ? { read, requirement: { origin: EXTERNAL_MODEL } } : { read }]
    }),
  )
}

function refuseSchema(place: string, cause?: unknown): HarnessError {
  return new HarnessError('usage', 'The runtime schema of the SDK has an unknown form.', {
    details: [['place', place]],
    remedy: 'Pass --model FILE to compare with a model file, and report this error.',
    cause,
  })
}
