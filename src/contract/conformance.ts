import { formatPointer, isObject, MAX_DEPTH } from '../protocol/index.ts'
import type { Finding } from './finding.ts'
import { copyJson, MAX_NODES } from './json-copy.ts'
import {
  findMember,
  findSource,
  formatLabel,
  formatRulePath,
  type Segments,
  sortByPlace,
} from './place.ts'
import type { Departure, Side } from './side.ts'
import { readDepartures } from './validator-findings.ts'
import type { Shape } from './shape.ts'
import { loadValidators } from './validators.ts'

/** What departs from one side of the contract, in the document order of `body`. Never throws. */
export function checkSide(side: Side, body: unknown): Finding[] {
  return isQuiet(side, body) ? side.note(body) : examine(side, body)
}

/** A body that throws when it is read needs the closer look, which reads it with care. */
function isQuiet(side: Side, body: unknown): boolean {
  try {
    return side.isQuiet(body)
  } catch {
    return false
  }
}

function examine(side: Side, body: unknown): Finding[] {
  const copy = copyJson(body)
  if ('refused' in copy) return [describeRefusal(side.name, copy.refused)]
  const nulls: Departure[] = []
  const noteNull = (segments: Segments): void => void nulls.push(describeNull(side, segments))
  const present = dropNulls(copy.value, loadValidators()[side.shape], [], noteNull)
  const faults = [...readDepartures(side, present, copy.value), ...side.checkRules(copy.value)]
  const missing = new Set(faults.map(({ segments }) => formatPointer(segments)))
  const departures = [
    ...nulls.filter(({ segments }) => !missing.has(formatPointer(segments))),
    ...faults,
  ]
  return sortByPlace(departures, copy.value).map(({ segments, ...rest }) => ({
    pointer: formatPointer(segments),
    ...rest,
  }))
}

/** The one finding of a value that is not walked. */
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

/** A null member is absence: the validators do not see it. A required one is then missing; another is noted. */
function dropNulls(
  value: unknown,
  shape: Shape | undefined,
  segments: Segments,
  note: (segments: Segments) => void,
): unknown {
  if (JSON.isRawJSON(value)) return approximate(value)
  if (Array.isArray(value))
    return shape?.items
      ? value.map((item, index) => dropNulls(item, shape.items, [...segments, index], note))
      : value
  if (!isObject(value) || !shape?.members) return value
  const present: { [member: string]: unknown } = Object.create(null)
  for (const name of Object.keys(value)) {
    const member = findMember(shape, name)
    if (value[name] !== null || !member)
      present[name] = member
        ? dropNulls(value[name], member, [...segments, name], note)
        : value[name]
    else if (!shape.required?.includes(name)) note([...segments, name])
  }
  return present
}

/** A double near exact digits, on the same side of every limit: no rule has one beyond 2^53, and a fraction stays one. */
function approximate(raw: { readonly rawJSON: string }): number {
  const near = Number(raw.rawJSON)
  if (!Number.isFinite(near)) return near > 0 ? Number.MAX_VALUE : -Number.MAX_VALUE
  return Number.isInteger(near) && !isWhole(raw.rawJSON)
    ? Math.trunc(Math.min(near, 2 ** 51)) + 0.5
    : near
}

/** Whether digits such as `12.500e1` are a whole number. */
function isWhole(digits: string): boolean {
  const [, fraction = '', exponent = '0'] =
    /^-?\d+(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(digits) ?? []
  return fraction.replace(/0+$/, '').length <= Number(exponent)
}

function describeNull(side: Side, segments: Segments): Departure {
  return {
    segments,
    rule: `${side.name}.${formatRulePath(segments)}.null`,
    severity: 'info',
    message: `${formatLabel(segments, side.name)} is null, which counts as absent`,
    source: findSource(loadValidators()[side.shape], segments),
    actual: null,
  }
}
