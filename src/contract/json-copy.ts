import { isObject, MAX_DEPTH } from '../protocol/index.ts'
import type { Finding } from './finding.ts'

/** The most values (objects, arrays, members, items) that a checked value may have. */
const MAX_NODES = 100_000

/** A plain copy of a value, or the reason why it is not copied. */
export type JsonCopy = { value: unknown } | { refused: 'depth' | 'size' }

/**
 * Copies an untrusted value without recursion: each member is read once, `undefined` members are left out, an `undefined` item is null. A value
 * that JSON does not have (a function, a bigint, a Map, a getter that throws) becomes a symbol with a description, which has a wrong type in
 * every place.
 *
 * A value of more than {@link MAX_DEPTH} levels, and so every cycle, and a value of more than {@link MAX_NODES} values is not copied.
 */
export function copyJson(value: unknown): JsonCopy {
  const root = openValue(value)
  const pending: Pending[] = root.children ? [{ ...root.children, depth: 1 }] : []
  let nodes = 1
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.depth > MAX_DEPTH) return { refused: 'depth' }
    nodes += next.keys?.length ?? next.length
    if (nodes > MAX_NODES) return { refused: 'size' }
    const depth = next.depth + 1
    copyChildren(next, (children) => pending.push({ ...children, depth }))
  }
  return { value: root.copy }
}

/** Describes a value that is too deep or too large to be checked. */
export function describeRefusal(
  name: 'request' | 'response' | 'error',
  refused: 'depth' | 'size',
): Finding {
  const [message, expected] =
    refused === 'depth'
      ? [`nested deeper than ${MAX_DEPTH} levels`, MAX_DEPTH]
      : [`made of more than ${MAX_NODES} values`, MAX_NODES]
  return {
    pointer: '',
    rule: `${name}.${refused}`,
    severity: 'error',
    message: `the ${name} is ${message}; it is not checked`,
    source: 'limits of starttask-harness',
    expected,
  }
}

/** An object or array whose children are not copied yet: `keys` for an object, `length` for an array. */
interface Children {
  source: object
  keys?: string[]
  length: number
  put(key: string | number, copy: unknown): void
}
type Pending = Children & { depth: number }

function copyChildren(from: Children, addPending: (children: Children) => void): void {
  const copyOne = (key: string | number): void => {
    const member = readMember(from.source, key)
    if (member === undefined && from.keys) return
    const { copy, children } = openValue(member ?? null)
    from.put(key, copy)
    if (children) addPending(children)
  }
  if (from.keys) from.keys.forEach(copyOne)
  else for (let index = 0; index < from.length; index++) copyOne(index)
}

const UNREADABLE = Symbol('a member that cannot be read')

/** Reads a member; returns a symbol if that throws. */
export function readMember(source: object, key: string | number): unknown {
  try {
    return Reflect.get(source, key)
  } catch {
    return UNREADABLE
  }
}

/** Copies one value without its children, and returns the children that have to be copied into it. */
function openValue(value: unknown): { copy: unknown; children?: Children } {
  if (typeof value === 'object' && value !== null) return openObject(value)
  if (typeof value === 'number' && !Number.isFinite(value))
    return { copy: Symbol('a number that JSON does not have') }
  const isNotJson =
    typeof value === 'function' ||
    typeof value === 'bigint' ||
    (typeof value === 'symbol' && value !== UNREADABLE)
  return { copy: isNotJson ? Symbol(`a ${typeof value}`) : value }
}

function openObject(value: object): { copy: unknown; children?: Children } {
  try {
    if (JSON.isRawJSON(value)) return { copy: readRaw(value) }
    if (Array.isArray(value)) return openArray(value)
    const tag = Object.prototype.toString.call(value).slice(8, -1)
    if (tag !== 'Object')
      return { copy: Symbol(`a ${/^\w{1,40}$/.test(tag) ? tag : 'special object'}`) }
    const copy: { [member: string]: unknown } = Object.create(null)
    const put = (key: string | number, member: unknown): void => void (copy[key] = member)
    return { copy, children: { source: value, keys: Object.keys(value), length: 0, put } }
  } catch {
    return { copy: Symbol('an object that cannot be read') }
  }
}

function openArray(value: readonly unknown[]): { copy: unknown; children?: Children } {
  if (!Number.isSafeInteger(value.length)) return { copy: Symbol('an array that cannot be read') } // the length of a proxy may be anything
  const copy: unknown[] = []
  const put = (key: string | number, item: unknown): void => void (copy[Number(key)] = item)
  return { copy, children: { source: value, length: value.length, put } }
}

/** Keeps exact digits; replaces other raw JSON with its value. */
function readRaw(raw: { readonly rawJSON: string }): unknown {
  const value: unknown = JSON.parse(raw.rawJSON)
  return typeof value === 'number' ? raw : value
}

/** Names the kind of a copied value: `a string`, `null`, `an array`, `a function`. */
export function describeKind(value: unknown): string {
  if (typeof value === 'symbol') return value.description ?? 'a symbol'
  if (value === undefined) return 'absent'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (isObject(value)) return 'an object'
  return typeof value === 'object' ? 'a number' : `a ${typeof value}`
}
