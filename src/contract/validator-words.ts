import { countCharacters, cutText } from './characters.ts'
import type { Departure } from './finding.ts'
import type { ValidatorError } from './generated/validators.js'
import { describeKind } from './json-copy.ts'

/** The message and the values of a departure, without its place and rule. */
export type Said = Pick<Departure, 'message' | 'expected' | 'actual'>

/**
 * Describes an error of a validator. `actual` is the value at the place; `says` is the sentence of the overlay for a rule whose keyword is not
 * specific enough.
 */
export function describeError(
  error: ValidatorError,
  label: string,
  actual: unknown,
  says: string | undefined,
): Said {
  const { params, data } = error
  if (says !== undefined) return describeSaid(error, label, says, actual)
  switch (error.keyword) {
    case 'type':
      return describeType(label, String(params['type']), actual)
    case 'required':
      return describeMissing(
        `${label} is ${actual === null ? 'null, which counts as missing' : 'missing'}; it is required`,
        actual,
      )
    case 'maxItems':
    case 'minItems':
      return describeLength(
        label,
        Array.isArray(data) ? data.length : 0,
        'items',
        params['limit'],
        error.keyword,
      )
    case 'maxLength':
    case 'minLength':
      return describeLength(
        label,
        typeof data === 'string' ? countCharacters(data) : 0,
        'characters',
        params['limit'],
        error.keyword,
      )
    case 'minimum':
    case 'maximum':
      return describeRange(label, error.keyword, params['limit'], actual)
    case 'enum':
      return {
        message: `${label} is ${formatShort(data)}; it must be one of ${String(params['allowedValues'])}`,
        expected: params['allowedValues'],
        actual: shortenValue(data),
      }
    default:
      return {
        message: `${label} breaks the rule ${error.keyword}`,
        expected: error.schema,
        actual: describeKind(data),
      }
  }
}

/** Describes a length that is too great or too small. */
export function describeLength(
  label: string,
  length: number,
  unit: string,
  limit: unknown,
  keyword: 'maxItems' | 'minItems' | 'maxLength' | 'minLength' = 'maxItems',
): Said {
  const allowed = keyword.startsWith('max')
    ? `at most ${String(limit)} are allowed`
    : `at least ${String(limit)} is needed`
  return { message: `${label} has ${length} ${unit}; ${allowed}`, expected: limit, actual: length }
}

function describeSaid(error: ValidatorError, label: string, says: string, actual: unknown): Said {
  if (error.keyword === 'required') return describeMissing(`${label} ${says}`, actual)
  if (error.keyword === 'pattern')
    return {
      message: `${label} is ${formatShort(actual)}; it ${says}`,
      expected: error.schema,
      actual: shortenValue(actual),
    }
  return {
    message: `${label} ${says}`,
    expected: error.keyword === 'const' ? error.schema : 'absent',
    actual: shortenValue(actual),
  }
}

function describeMissing(message: string, actual: unknown): Said {
  return { message, expected: 'present', actual: describeKind(actual) }
}

function describeType(label: string, type: string, actual: unknown): Said {
  if (type === 'integer')
    return {
      message: `${label} is ${format(actual)}; it must be a whole number`,
      expected: type,
      actual,
    }
  const kind = describeKind(actual)
  return {
    message: `${label} is ${kind}; it must be ${/^[aeio]/.test(type) ? `an ${type}` : `a ${type}`}`,
    expected: type,
    actual: kind,
  }
}

function describeRange(
  label: string,
  keyword: 'minimum' | 'maximum',
  limit: unknown,
  actual: unknown,
): Said {
  const allowed = `${keyword === 'minimum' ? 'at least' : 'at most'} ${String(limit)}`
  return {
    message: `${label} is ${format(actual)}; ${allowed} is supported`,
    expected: limit,
    actual,
  }
}

/** Formats a number with its exact digits. */
function format(value: unknown): string {
  return JSON.stringify(value) ?? 'absent'
}

/** Shortens a value for `actual`: long text is cut, and objects and lists are named by their kind. */
function shortenValue(value: unknown): unknown {
  return typeof value === 'string'
    ? cutText(value)
    : typeof value === 'number'
      ? value
      : describeKind(value)
}

/** Formats a value for a sentence: text as a JSON string, anything else by its kind. */
function formatShort(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(cutText(value)) : describeKind(value)
}
