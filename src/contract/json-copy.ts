import { isObject, MAX_DEPTH } from '../protocol/index.ts'

/** How many values (objects, arrays, members, items) a checked value may have. */
export const MAX_NODES = 100_000

/** A plain copy of a value, or why none was made. */
export type JsonCopy = { value: unknown } | { refused: 'depth' | 'size' }

/**
 * Copies a value that nobody has looked at yet, without recursion and without trust: each member is read once, `undefined` members are
 * left out, an `undefined` item is null. What JSON cannot say (a function, a bigint, a Map, a getter that throws) becomes a symbol whose
 * description says what it was, so that it has a wrong type wherever it stands.
 *
 * Refuses above {@link MAX_DEPTH} levels, and so every cycle, and above {@link MAX_NODES} values.
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

/** An object or array that is still to be copied: `keys` for an object, `length` for an array. */
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

/** A member's value; a symbol when reading it throws. */
export function readMember(source: object, key: string | number): unknown {
  try {
    return Reflect.get(source, key)
  } catch {
    return UNREADABLE
  }
}

/** The copy of one value alone, and what is to be copied into it. */
function openValue(value: unknown): { copy: unknown; children?: Children } {
  if (typeof value === 'object' && value !== null) return openObject(value)
  if (typeof value === 'number' && !Number.isFinite(value))
    return { copy: Symbol('a number that JSON does not have') }
  const isForeign =
    typeof value === 'function' ||
    typeof value === 'bigint' ||
    (typeof value === 'symbol' && value !== UNREADABLE)
  return { copy: isForeign ? Symbol(`a ${typeof value}`) : value }
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
  if (!Number.isSafeInteger(value.length)) return { copy: Symbol('an array that cannot be read') } // a proxy may say anything
  const copy: unknown[] = []
  const put = (key: string | number, item: unknown): void => void (copy[Number(key)] = item)
  return { copy, children: { source: value, length: value.length, put } }
}

/** Exact digits stay as they are; raw JSON of another kind is what it stands for. */
function readRaw(raw: { readonly rawJSON: string }): unknown {
  const value: unknown = JSON.parse(raw.rawJSON)
  return typeof value === 'number' ? raw : value
}

/** What a copied value is, in words: `a string`, `null`, `an array`, `a function`. */
export function describeKind(value: unknown): string {
  if (typeof value === 'symbol') return value.description ?? 'a symbol'
  if (value === undefined) return 'absent'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (isObject(value)) return 'an object'
  return typeof value === 'object' ? 'a number' : `a ${typeof value}`
}
