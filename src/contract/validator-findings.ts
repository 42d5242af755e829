import { parsePointer } from '../protocol/index.ts'
import { countCharacters, cutText } from './characters.ts'
import type { ValidatorError } from './generated/validators.js'
import { describeKind } from './json-copy.ts'
import { findSource, formatLabel, formatRulePath, readPlace, type Segments } from './place.ts'
import type { Departure, Side } from './side.ts'

/**
 * What the validator finds in `present`, in this project's words. `written` is the same value with its null members, for what stood there.
 * Types are named, values are not: only short texts of a known form (never an environment entry) are repeated.
 */
export function readDepartures(side: Side, present: unknown, written: unknown): Departure[] {
  if (side.validate(present)) return []
  const errors = side.validate.errors ?? []
  side.validate.errors = null // the validator would keep the checked value alive
  const mistyped = new Set(errors.flatMap((error) => (error.keyword === 'type' ? [error.instancePath] : [])))
  return errors
    .filter((error) => error.keyword === 'type' || !mistyped.has(error.instancePath))
    .map((error) => readDeparture(side, error, present, written))
}

function readDeparture(side: Side, error: ValidatorError, present: unknown, written: unknown): Departure {
  const whole = readSegments(error.instancePath, present)
  const segments = [...whole, ...readMemberName(error)]
  const label = formatLabel(segments, side.name)
  const isUnknown = error.keyword === 'additionalProperties'
  const path = formatRulePath(segments)
  return {
    segments,
    rule: [side.name, ...(isUnknown ? ['unknownMember'] : [...(path === '' ? [] : [path]), error.keyword])].join('.'),
    severity: isUnknown ? side.unknownMember : 'error',
    source: findSource(side.shape, segments),
    ...describe(error, label, side.name, readPlace(written, segments)),
  }
}

/** An index is a number where an array stands, a member's name otherwise. */
function readSegments(pointer: string, root: unknown): Segments {
  const segments: (string | number)[] = []
  for (const text of parsePointer(pointer) ?? []) segments.push(Array.isArray(readPlace(root, segments)) ? Number(text) : text)
  return segments
}

function readMemberName(error: ValidatorError): string[] {
  const name = error.params['missingProperty'] ?? error.params['additionalProperty']
  return typeof name === 'string' ? [name] : []
}

function describe(
  error: ValidatorError,
  label: string,
  side: Side['name'],
  actual: unknown,
): Pick<Departure, 'message' | 'expected' | 'actual'> {
  const { params, data } = error
  switch (error.keyword) {
    case 'type':
      return {
        message: `${label} is ${describeKind(actual)}; it must be ${withArticle(String(params['type']))}`,
        expected: params['type'],
        actual: describeKind(actual),
      }
    case 'required':
      return {
        message: `${label} is ${actual === null ? 'null, which counts as missing' : 'missing'}; it is required`,
        expected: 'present',
        actual: describeKind(actual),
      }
    case 'additionalProperties':
      return { message: `${label} is no member of the StartTask ${side} on the API page`, expected: 'absent', actual: describeKind(actual) }
    case 'maxItems':
      return describeLength(label, Array.isArray(data) ? data.length : 0, 'items', params['limit'])
    case 'maxLength':
      return describeLength(label, typeof data === 'string' ? countCharacters(data) : 0, 'characters', params['limit'])
    case 'enum':
      return {
        message: `${label} is ${quote(data)}; it must be one of ${String(params['allowedValues'])}`,
        expected: params['allowedValues'],
        actual: cut(data),
      }
    case 'pattern':
      return {
        message: `${label} is ${quote(data)}; it must match ${String(params['pattern'])}`,
        expected: params['pattern'],
        actual: cut(data),
      }
    default:
      return { message: `${label} breaks the rule ${error.keyword}`, expected: error.schema, actual: describeKind(data) }
  }
}

/** The two values of a length that is too great. */
export function describeLength(
  label: string,
  length: number,
  unit: string,
  limit: unknown,
): Pick<Departure, 'message' | 'expected' | 'actual'> {
  return { message: `${label} has ${length} ${unit}; at most ${String(limit)} are allowed`, expected: limit, actual: length }
}

function withArticle(type: string): string {
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`
}

function cut(value: unknown): unknown {
  return typeof value === 'string' ? cutText(value) : describeKind(value)
}

function quote(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(cutText(value)) : describeKind(value)
}
