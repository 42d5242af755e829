import { findNearestNames, formatValueBriefly, HarnessError } from '../message/index.ts'
import { formatPointer, isObject } from '../protocol/index.ts'
import type { ValidatorError } from './generated/validator.js'

/** A place in a rules file. */
export interface RulesPlace {
  file: string
  pointer: string
}

/** The error for a rules file: fact, place, remedy. */
export function refuseRules(
  fact: string,
  { file, pointer }: RulesPlace,
  remedy: string,
  cause?: unknown,
): HarnessError {
  const where = pointer === '' ? file : `${file} at ${pointer}`
  return new HarnessError(
    'usage',
    `${fact}\n  place      ${where}\n  remedy     ${remedy}`,
    cause === undefined ? {} : { cause },
  )
}

/** The error for a rule id that the contract does not have; it names the nearest ids. */
export function describeUnknownRule(
  rule: string,
  place: RulesPlace,
  knownRules: ReadonlySet<string>,
): HarnessError {
  const nearest = findNearestNames(rule, knownRules)
  const remedy =
    nearest.length === 0
      ? 'remove it, or name a rule that a finding names'
      : `did you mean ${nearest.join(' or ')}?`
  return refuseRules(
    `The rules file names a rule that the contract does not have: ${formatValueBriefly(rule, 120)}.`,
    place,
    remedy,
  )
}

/** The error for the first place where a rules file departs from its schema. */
export function describeDeparture(error: ValidatorError | undefined, file: string): HarnessError {
  const unknown = error?.params['additionalProperty']
  const pointer = `${error?.instancePath ?? ''}${typeof unknown === 'string' ? formatPointer([unknown]) : ''}`
  const [fact, remedy] = error
    ? describe(error)
    : ['The rules file breaks its schema.', 'see contracts/rules.schema.json']
  return refuseRules(fact, { file, pointer }, remedy)
}

function describe(error: ValidatorError): [fact: string, remedy: string] {
  const { keyword, params, data } = error
  if (keyword === 'additionalProperties') {
    const name = formatValueBriefly(params['additionalProperty'])
    return [
      `The rules file has a member that none has: ${name}.`,
      `remove it, or use ${listMembers(error.parentSchema)}`,
    ]
  }
  const found = formatValueBriefly(data, 60)
  switch (keyword) {
    case 'type':
      return [
        `The rules file has a value of a wrong type: ${found}.`,
        `write ${withArticle(String(params['type']))} there`,
      ]
    case 'enum':
      return [
        `The rules file has an unknown value: ${found}.`,
        `write ${listOr(params['allowedValues'])}`,
      ]
    case 'pattern':
      return [
        `The rules file has ${found} where a JSON Pointer must stand.`,
        'write one such as /overrides/containerOverrides/*/environment/*/value',
      ]
    default:
      return [
        `The rules file has a value out of bounds: ${found}.`,
        `it ${error.message ?? 'is too large'}`,
      ]
  }
}

function listMembers(schema: unknown): string {
  const properties = isObject(schema) ? schema['properties'] : undefined
  return listOr(
    Object.keys(isObject(properties) ? properties : {}).filter((name) => name !== '$schema'),
  )
}

function listOr(values: unknown): string {
  return Array.isArray(values) ? values.join(', ').replace(/, ([^,]*)$/, ' or $1') : String(values)
}

function withArticle(type: string): string {
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`
}
