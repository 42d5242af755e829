import { formatPointer, isObject, MAX_DEPTH } from '../protocol/index.ts'
import type { Finding } from './finding.ts'
import { copyJson, MAX_NODES } from './json-copy.ts'
import { findMember, findSource, formatLabel, formatRulePath, type Segments, sortByPlace } from './place.ts'
import type { Departure, Side } from './side.ts'
import { readDepartures } from './validator-findings.ts'
import type { Shape } from './shape.ts'

/** What departs from one side of the contract, in the document order of `body`. Never throws. */
export function checkSide(side: Side, body: unknown): Finding[] {
  const copy = copyJson(body)
  if ('refused' in copy) return [describeRefusal(side.name, copy.refused)]
  const nulls: Departure[] = []
  const noteNull = (segments: Segments): void => void nulls.push(describeNull(side, segments))
  const present = dropNulls(copy.value, side.shape, [], noteNull)
  const departures = [nulls, readDepartures(side, present, copy.value), side.rules?.(copy.value) ?? []].flat()
  return sortByPlace(departures, copy.value).map(({ segments, ...rest }) => ({ pointer: formatPointer(segments), ...rest }))
}

/** The one finding of a value that is not walked. */
export function describeRefusal(name: 'request' | 'response' | 'error', refused: 'depth' | 'size'): Finding {
  const [message, expected] =
    refused === 'depth' ? [`nested deeper than ${MAX_DEPTH} levels`, MAX_DEPTH] : [`made of more than ${MAX_NODES} values`, MAX_NODES]
  return {
    pointer: '',
    rule: `${name}.${refused}`,
    severity: 'error',
    message: `the ${name} is ${message}; it is not checked`,
    source: 'limits of starttask-harness',
    expected,
  }
}

/** A null member is absence: the validator does not see it. A required one is then missing; another is noted. */
function dropNulls(value: unknown, shape: Shape | undefined, segments: Segments, note: (segments: Segments) => void): unknown {
  if (JSON.isRawJSON(value)) return 0 // exact digits: a number, whichever
  if (Array.isArray(value))
    return shape?.items ? value.map((item, index) => dropNulls(item, shape.items, [...segments, index], note)) : value
  if (!isObject(value) || !shape?.members) return value
  const present: { [member: string]: unknown } = Object.create(null)
  for (const name of Object.keys(value)) {
    const member = findMember(shape, name)
    if (value[name] !== null || !member) present[name] = member ? dropNulls(value[name], member, [...segments, name], note) : value[name]
    else if (!shape.required?.includes(name)) note([...segments, name])
  }
  return present
}

function describeNull(side: Side, segments: Segments): Departure {
  return {
    segments,
    rule: `${side.name}.${formatRulePath(segments)}.null`,
    severity: 'info',
    message: `${formatLabel(segments, side.name)} is null, which counts as absent`,
    source: findSource(side.shape, segments),
    actual: null,
  }
}
