import { formatPointer, isObject } from '../protocol/index.ts'
import { formatValueBriefly } from '../message/index.ts'

/** Where a value is not as it was expected to be. */
export interface Unmet {
  /** JSON Pointer into the value. */
  pointer: string
  expected: unknown
}

/**
 * The first place where `actual` is not as expected; `undefined` when all is. An object may have members that the expected one has not,
 * lists are compared item by item; `undefined` expects absence, a RegExp a text that it matches, and an object with `asymmetricMatch` decides
 * itself (`expect.any(String)` is one).
 */
export function findUnmet(
  expected: unknown,
  actual: unknown,
  path: readonly string[] = [],
): Unmet | undefined {
  const unmet = { pointer: formatPointer(path), expected }
  if (isAsymmetric(expected)) return expected.asymmetricMatch(actual) ? undefined : unmet
  if (expected instanceof RegExp)
    return typeof actual === 'string' && matches(expected, actual) ? undefined : unmet
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return unmet
    return findFirst(
      expected.map((item, index) => [String(index), item, actual[index]] as const),
      path,
    )
  }
  if (!isObject(expected)) return Object.is(expected, actual) ? undefined : unmet
  if (!isObject(actual)) return unmet
  return findFirst(
    Object.keys(expected).map((name) => [name, expected[name], actual[name]] as const),
    path,
  )
}

function findFirst(
  members: readonly (readonly [string, unknown, unknown])[],
  path: readonly string[],
): Unmet | undefined {
  for (const [name, expected, actual] of members) {
    const unmet = findUnmet(expected, actual, [...path, name])
    if (unmet) return unmet
  }
  return undefined
}

/** Not `test` alone: a sticky or global expression goes on where it stopped before. */
function matches(expression: RegExp, text: string): boolean {
  return text.search(expression) >= 0
}

interface Asymmetric {
  asymmetricMatch(other: unknown): boolean
  toAsymmetricMatcher?(): string
  toString(): string
}

function isAsymmetric(value: unknown): value is Asymmetric {
  return (
    typeof value === 'object' &&
    value !== null &&
    'asymmetricMatch' in value &&
    typeof value.asymmetricMatch === 'function'
  )
}

/** An expected value for a message, on one line; matchers of runners and expressions by the name that they give themselves. */
export function formatExpected(expected: unknown): string {
  const named = nameMatchers(expected)
  return isMatcher(expected) ? formatValueBriefly(named).slice(1, -1) : formatValueBriefly(named)
}

function isMatcher(value: unknown): value is RegExp | Asymmetric {
  return value instanceof RegExp || isAsymmetric(value)
}

function nameMatchers(value: unknown): unknown {
  if (isMatcher(value)) return nameMatcher(value)
  if (Array.isArray(value)) return value.map(nameMatchers)
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, member]) => [name, nameMatchers(member)]),
      )
    : value
}

/** Runners' own have a longer name beside `toString`, with what they were given. */
function nameMatcher(matcher: RegExp | Asymmetric): string {
  return 'toAsymmetricMatcher' in matcher
    ? (matcher.toAsymmetricMatcher?.() ?? matcher.toString())
    : matcher.toString()
}
