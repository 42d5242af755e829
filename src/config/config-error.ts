import { findNearestNames, formatValueBriefly, HarnessError, joinNames } from '../message/index.ts'
import { formatPointer, readList, readObject, readText } from '../protocol/index.ts'
import type { ValidatorError } from './generated/validator.js'

/** A place in a configuration file. */
export interface ConfigPlace {
  file: string
  pointer: string
}

/** Makes the error for a configuration file: fact, place, remedy. */
export function refuseConfig(
  summary: string,
  { file, pointer }: ConfigPlace,
  remedy: string,
  cause?: unknown,
): HarnessError {
  return new HarnessError('usage', summary, {
    details: [['place', pointer === '' ? file : `${file} at ${pointer}`]],
    remedy,
    ...(cause === undefined ? {} : { cause }),
  })
}

/** Makes the error for a rule id that the contract does not have; it names the nearest ids. */
export function describeUnknownRule(
  rule: string,
  place: ConfigPlace,
  knownRules: ReadonlySet<string>,
): HarnessError {
  const nearest = findNearestNames(rule, knownRules)
  return refuseConfig(
    `The configuration file names a rule that the contract does not have: ${formatValueBriefly(rule, 120)}.`,
    place,
    nearest.length === 0
      ? 'Remove it, or use the id of a finding.'
      : `Did you mean ${joinNames(nearest)}?`,
  )
}

/** Makes the error for the first place where a configuration file departs from its schema. */
export function describeDeparture(error: ValidatorError | undefined, file: string): HarnessError {
  const unknown = readText(error?.params['additionalProperty'])
  const pointer = `${error?.instancePath ?? ''}${unknown === undefined ? '' : formatPointer([unknown])}`
  const [fact, remedy] = error
    ? describe(error)
    : [
        'The configuration file breaks its schema.',
        'contracts/config.schema.json describes its members.',
      ]
  return refuseConfig(fact, { file, pointer }, remedy)
}

function describe(error: ValidatorError): [fact: string, remedy: string] {
  const { keyword, params, data } = error
  if (keyword === 'additionalProperties') {
    const name = formatValueBriefly(params['additionalProperty'])
    return [
      `The configuration file has an unknown member: ${name}.`,
      `Remove it, or use ${listMembers(error.parentSchema)}.`,
    ]
  }
  const found = formatValueBriefly(data, 60)
  switch (keyword) {
    case 'type':
      return [
        `The configuration file has a value of a wrong type: ${found}.`,
        `Write ${withArticle(String(params['type']))}.`,
      ]
    case 'enum':
      return [
        `The configuration file has an unknown value: ${found}.`,
        `Write ${joinNames(readList(params['allowedValues']).map(String))}.`,
      ]
    case 'pattern':
      return String(params['pattern']).startsWith('^http')
        ? [
            `The configuration file has ${found} instead of a URL.`,
            'Write one such as https://ecs.eu-central-1.amazonaws.com.',
          ]
        : [
            `The configuration file has ${found} instead of a JSON Pointer.`,
            'Write one such as /overrides/containerOverrides/*/environment/*/value.',
          ]
    default:
      return [
        `The configuration file has a value out of bounds: ${found}.`,
        `The value ${error.message ?? 'is too large'}.`,
      ]
  }
}

function listMembers(schema: unknown): string {
  const names = Object.keys(readObject(readObject(schema)['properties']))
  return joinNames(names.filter((name) => name !== '$schema'))
}

function withArticle(type: string): string {
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`
}
