import { isObject, type JsonObject } from '../protocol/index.ts'
import {
  type Detail,
  EVERY_FACET,
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
  requireTexts,
  refuseModel,
  type WireKind,
} from './model.ts'
import { START_TASK } from './operations.ts'

const TYPES: ReadonlyMap<string, readonly [WireKind, Detail?]> = new Map<
  string,
  readonly [WireKind, Detail?]
>([
  ['string', ['string']],
  ['character', ['string']],
  ['blob', ['string']], // base64
  ['boolean', ['boolean']],
  ['integer', ['number', 'integer']],
  ['long', ['number', 'integer']],
  ['float', ['number', 'float']],
  ['double', ['number', 'float']],
  ['timestamp', ['number', 'timestamp']],
  ['list', ['list']],
  ['map', ['map']],
  ['structure', ['object', 'structure']],
])

/**
 * Reads StartTask from a `service-2.json`, the format in which botocore and the older SDKs carry a service. Nothing but StartTask is read,
 * and of its shapes only what is asked for, so that recursive shapes are no matter.
 *
 * Throws `usage` when it is no such model, at once or when the place that is wrong is asked for.
 */
export function readServiceModel(json: JsonObject, name: string): Model {
  const shapes = requireObject(json, 'shapes', '')
  const operation = requireObject(requireObject(json, 'operations', ''), START_TASK, 'operations')
  const metadata = readOwn(json, 'metadata')
  const version = isObject(metadata) ? readOwn(metadata, 'apiVersion') : undefined
  return {
    name,
    ...(typeof version === 'string' ? { version } : {}),
    request: readReferred(shapes, requireObject(operation, 'input', START_TASK), START_TASK),
    response: readReferred(shapes, requireObject(operation, 'output', START_TASK), START_TASK),
    carries: { request: EVERY_FACET, response: EVERY_FACET },
    errors: requireList(operation, 'errors', START_TASK).map((error) => {
      if (!isObject(error))
        throw refuseModel(`${START_TASK} errors`, 'it has an item that is not an object')
      return requireText(error, 'shape', `${START_TASK} errors`)
    }),
  }
}

/** Resolves `{ "shape": … }`, which may also have the format of a timestamp. */
function readReferred(shapes: JsonObject, reference: JsonObject, from: string): ModelNode {
  const name = requireText(reference, 'shape', from)
  const shape = readOwn(shapes, name)
  if (!isObject(shape))
    throw refuseModel(
      `shapes ${name}`,
      `${from} refers to it, and it is ${shape === undefined ? 'missing' : 'not an object'}`,
    )
  return readShape(
    shapes,
    shape,
    name,
    readOwn(reference, 'timestampFormat') ?? readOwn(shape, 'timestampFormat'),
  )
}

function readShape(
  shapes: JsonObject,
  shape: JsonObject,
  name: string,
  timestampFormat: unknown,
): ModelNode {
  const [kind, detail] = readType(shape, name, timestampFormat)
  const values = requireTexts(shape, 'enum', name)
  return {
    kind,
    ...(detail === undefined ? {} : { detail }),
    origin: EXTERNAL_MODEL,
    isSensitive: readOwn(shape, 'sensitive') === true,
    limits: readShapeLimits(shape, kind, name),
    ...readPattern(readOwn(shape, 'pattern'), `shapes ${name}`),
    ...(values.length === 0 ? {} : { values: { value: values, origin: EXTERNAL_MODEL } }),
    ...(kind === 'object' ? { members: readMembers(shapes, shape, name) } : {}),
    ...(kind === 'list'
      ? { readItem: () => readReferred(shapes, requireObject(shape, 'member', name), name) }
      : {}),
    ...(kind === 'map'
      ? { readItem: () => readReferred(shapes, requireObject(shape, 'value', name), name) }
      : {}),
  }
}

function readType(
  shape: JsonObject,
  name: string,
  timestampFormat: unknown,
): readonly [WireKind, Detail?] {
  const type = requireText(shape, 'type', name)
  const known = TYPES.get(type)
  if (!known)
    throw refuseModel(
      `shapes ${name} type`,
      `${JSON.stringify(type)} is not a type of a service-2.json`,
    )
  if (readOwn(shape, 'document') === true) return ['document']
  if (readOwn(shape, 'union') === true) return ['object', 'union']
  const isText =
    type === 'timestamp' && timestampFormat !== undefined && timestampFormat !== 'unixTimestamp'
  return isText ? ['string', 'timestamp'] : known
}

function readShapeLimits(
  shape: JsonObject,
  kind: WireKind,
  name: string,
): ReturnType<typeof readLimits> {
  const [min, max] = [readOwn(shape, 'min'), readOwn(shape, 'max')]
  return readLimits(
    kind === 'number' ? { minimum: min, maximum: max } : { minLength: min, maxLength: max },
    `shapes ${name}`,
  )
}

/** By the names on the wire, which `locationName` gives where it stands. */
function readMembers(
  shapes: JsonObject,
  shape: JsonObject,
  name: string,
): ReadonlyMap<string, ModelMember> {
  const required = new Set(requireTexts(shape, 'required', name))
  const members = requireObject(shape, 'members', name)
  return new Map(
    Object.keys(members).map((key) => {
      const reference = requireObject(members, key, `${name} members`)
      const wireName = readOwn(reference, 'locationName')
      const read = () => readReferred(shapes, reference, `${name} ${key}`)
      return [
        typeof wireName === 'string' ? wireName : key,
        required.has(key) ? { read, requirement: { origin: EXTERNAL_MODEL } } : { read },
      ]
    }),
  )
}
