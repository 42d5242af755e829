import { isObject, type JsonObject } from '../protocol/index.ts'
import {
  type Detail,
  EVERY_FACET,
  type Fact,
  EXTERNAL_MODEL,
  type Model,
  type ModelMember,
  type ModelNode,
  readLimits,
  requireList,
  requireObject,
  readOwn,
  readPattern,
  requireText,
  refuseModel,
  type WireKind,
} from './model.ts'
import { START_TASK } from './operations.ts'

const TYPES: ReadonlyMap<string, readonly [WireKind, Detail?]> = new Map<
  string,
  readonly [WireKind, Detail?]
>([
  ['string', ['string']],
  ['enum', ['string']],
  ['blob', ['string']], // base64
  ['boolean', ['boolean']],
  ['byte', ['number', 'integer']],
  ['short', ['number', 'integer']],
  ['integer', ['number', 'integer']],
  ['long', ['number', 'integer']],
  ['bigInteger', ['number', 'integer']],
  ['intEnum', ['number', 'integer']],
  ['float', ['number', 'float']],
  ['double', ['number', 'float']],
  ['bigDecimal', ['number', 'float']],
  ['timestamp', ['number', 'timestamp']],
  ['document', ['document']],
  ['list', ['list']],
  ['set', ['list']],
  ['map', ['map']],
  ['structure', ['object', 'structure']],
  ['union', ['object', 'union']],
])

/**
 * Reads StartTask from a Smithy JSON AST, 1.0 or 2.0. A trait on a member goes before the same one on its target. `smithy.api#jsonName`
 * counts for nothing: the AWS JSON protocols do not use it. Lazy, as {@link readServiceModel} is.
 *
 * Throws `usage` when it is no such model, or when it uses mixins (`smithy build` takes them out).
 */
export function readSmithyModel(json: JsonObject, name: string): Model {
  const shapes = requireObject(json, 'shapes', '')
  const id = findOperation(shapes)
  const operation = requireObject(shapes, id, 'shapes')
  const version = findVersion(shapes)
  return {
    name,
    ...(version === undefined ? {} : { version }),
    request: readTarget(shapes, requireObject(operation, 'input', id), id),
    response: readTarget(shapes, requireObject(operation, 'output', id), id),
    carries: { request: EVERY_FACET, response: EVERY_FACET },
    errors: requireList(operation, 'errors', id).map((error) => {
      if (!isObject(error))
        throw refuseModel(`${id} errors`, 'it has an item that is not an object')
      const target = requireText(error, 'target', `${id} errors`)
      return target.slice(target.indexOf('#') + 1)
    }),
  }
}

function findOperation(shapes: JsonObject): string {
  const found = Object.keys(shapes).filter((id) => {
    const shape = shapes[id]
    return id.endsWith(`#${START_TASK}`) && isObject(shape) && shape['type'] === 'operation'
  })
  const [id] =
    found.length > 1 ? found.filter((each) => each.startsWith('com.amazonaws.ecs#')) : found
  if (id === undefined) throw refuseModel('shapes', `it has no operation ${START_TASK}`)
  return id
}

function findVersion(shapes: JsonObject): string | undefined {
  for (const shape of Object.values(shapes)) {
    const version =
      isObject(shape) && shape['type'] === 'service' ? readOwn(shape, 'version') : undefined
    if (typeof version === 'string') return version
  }
  return undefined
}

/** Resolves `{ "target": …, "traits": … }`. */
function readTarget(shapes: JsonObject, reference: JsonObject, from: string): ModelNode {
  const id = requireText(reference, 'target', from)
  const shape = readOwn(shapes, id) ?? readPrelude(id)
  if (!isObject(shape))
    throw refuseModel(
      `shapes ${id}`,
      `${from} refers to it, and it is ${shape === undefined ? 'missing' : 'not an object'}`,
    )
  if (requireList(shape, 'mixins', id).length > 0)
    throw refuseModel(`shapes ${id}`, 'it uses mixins; smithy build takes them out')
  const traits = new Map([...readTraits(shape, id), ...readTraits(reference, from)])
  return readShape(shapes, shape, id, traits)
}

/** A shape of Smithy's own, such as `smithy.api#String`, which no model repeats. */
function readPrelude(id: string): JsonObject | undefined {
  const match = /^smithy\.api#(?:Primitive)?([A-Z]\w*)$/.exec(id)
  const [, first = ''] = match ?? []
  if (first === 'Unit') return { type: 'structure', members: {} }
  const type = first.slice(0, 1).toLowerCase() + first.slice(1)
  return TYPES.has(type) ? { type } : undefined
}

function readTraits(holder: JsonObject, place: string): [string, unknown][] {
  return readOwn(holder, 'traits') === undefined
    ? []
    : Object.entries(requireObject(holder, 'traits', place))
}

function readShape(
  shapes: JsonObject,
  shape: JsonObject,
  id: string,
  traits: ReadonlyMap<string, unknown>,
): ModelNode {
  const [kind, detail] = readType(shape, id, traits.get('smithy.api#timestampFormat'))
  const values = readEnum(shape, id, traits.get('smithy.api#enum'))
  return {
    kind,
    ...(detail === undefined ? {} : { detail }),
    origin: EXTERNAL_MODEL,
    isSensitive: traits.has('smithy.api#sensitive'),
    limits: readTraitLimits(traits, id),
    ...readPattern(traits.get('smithy.api#pattern'), `shapes ${id}`),
    ...(values === undefined ? {} : { values }),
    ...(kind === 'object' ? { members: readMembers(shapes, shape, id) } : {}),
    ...(kind === 'list'
      ? { readItem: () => readTarget(shapes, requireObject(shape, 'member', id), id) }
      : {}),
    ...(kind === 'map'
      ? { readItem: () => readTarget(shapes, requireObject(shape, 'value', id), id) }
      : {}),
  }
}

function readType(
  shape: JsonObject,
  id: string,
  timestampFormat: unknown,
): readonly [WireKind, Detail?] {
  const type = requireText(shape, 'type', id)
  const known = TYPES.get(type)
  if (!known)
    throw refuseModel(
      `shapes ${id} type`,
      `${JSON.stringify(type)} is not a type of a StartTask member`,
    )
  const isText =
    type === 'timestamp' && timestampFormat !== undefined && timestampFormat !== 'epoch-seconds'
  return isText ? ['string', 'timestamp'] : known
}

function readTraitLimits(
  traits: ReadonlyMap<string, unknown>,
  id: string,
): ReturnType<typeof readLimits> {
  const [length, range] = [traits.get('smithy.api#length'), traits.get('smithy.api#range')]
  return readLimits(
    {
      ...(isObject(length)
        ? { minLength: readOwn(length, 'min'), maxLength: readOwn(length, 'max') }
        : {}),
      ...(isObject(range)
        ? { minimum: readOwn(range, 'min'), maximum: readOwn(range, 'max') }
        : {}),
    },
    `shapes ${id}`,
  )
}

/** The values of a string with the trait of Smithy 1.0, or of an enum shape of 2.0, whose members are their own values unless they say. */
function readEnum(shape: JsonObject, id: string, trait: unknown): Fact<string[]> | undefined {
  if (shape['type'] === 'enum') {
    const members = requireObject(shape, 'members', id)
    const values = Object.keys(members).map((key) => {
      const value = new Map(readTraits(requireObject(members, key, id), `${id} ${key}`)).get(
        'smithy.api#enumValue',
      )
      return typeof value === 'string' ? value : key
    })
    return { value: values, origin: EXTERNAL_MODEL }
  }
  if (trait === undefined) return undefined
  if (!Array.isArray(trait)) throw refuseModel(`shapes ${id} smithy.api#enum`, 'it is not a list')
  const values = trait.map((definition: unknown) => {
    if (!isObject(definition))
      throw refuseModel(`shapes ${id} smithy.api#enum`, 'it has an item that is not an object')
    return requireText(definition, 'value', `shapes ${id} smithy.api#enum`)
  })
  return { value: values, origin: EXTERNAL_MODEL }
}

function readMembers(
  shapes: JsonObject,
  shape: JsonObject,
  id: string,
): ReadonlyMap<string, ModelMember> {
  const members = readOwn(shape, 'members') === undefined ? {} : requireObject(shape, 'members', id)
  return new Map(
    Object.keys(members).map((key) => {
      const reference = requireObject(members, key, `${id} members`)
      const read = () => readTarget(shapes, reference, `${id}$${key}`)
      const isRequired = readTraits(reference, `${id}$${key}`).some(
        ([trait]) => trait === 'smithy.api#required',
      )
      return [key, isRequired ? { read, requirement: { origin: EXTERNAL_MODEL } } : { read }]
    }),
  )
}
