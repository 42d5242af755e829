import type { Severity } from '../contract/index.ts'
import { isHarnessError } from '../message/index.ts'
import { formatPointer, isObject, type JsonObject, parseBody } from '../protocol/index.ts'
import { validateRules } from './generated/validator.js'
import { KNOWN_RULES } from './known-rules.ts'
import { describeDeparture, describeUnknownRule, refuseRules } from './refusal.ts'

/** The largest rules file, in bytes, that is read. */
export const MAX_RULES_BYTES = 1024 * 1024

/** A severity that a team gives a rule; `off` drops its findings. */
export type SeverityOverride = Severity | 'off'

/** A mismatch of a pact's verification that is known, and why. */
export interface ProviderDeparture {
  /** The description of an interaction; `*` for any. */
  interaction: string
  /** Where, as verifications name it, with `*` for any one segment. */
  place: string
  reason: string
}

/** What a team has decided, as contracts/rules.schema.json describes it. A member that the file leaves out is empty here. */
export interface Rules {
  match: { ignore: readonly string[]; loosen: readonly string[] }
  redact: readonly string[]
  keep: readonly string[]
  /** By rule id. Every id is one that the contract has. */
  severity: ReadonlyMap<string, SeverityOverride>
  /** What the service is known to answer otherwise: ids of rules that it breaks, and mismatches of a pact's verification. */
  provider: { departures: readonly string[]; mismatches: readonly ProviderDeparture[] }
  /** The least share of each kind, in percent. */
  coverage: ReadonlyMap<string, number>
}

/** The rules of a team that has decided nothing. */
export const NO_RULES: Rules = {
  match: { ignore: [], loosen: [] },
  redact: [],
  keep: [],
  severity: new Map(),
  provider: { departures: [], mismatches: [] },
  coverage: new Map(),
}

/**
 * Reads the text of a rules file. The whole file is checked, what this version does not use yet included, and every rule id in it must be
 * one of `knownRules`: a misspelt or renamed rule would otherwise silently do nothing.
 *
 * Throws `usage` for whatever is wrong: text that is no JSON, larger than 1 MiB or nested too deep, an unknown member, a wrong value, an
 * unknown rule id.
 *
 * @param file what the text came from, for the message: a path
 */
export function parseRules(
  text: string,
  file = 'the rules file',
  knownRules: ReadonlySet<string> = KNOWN_RULES,
): Rules {
  const value = parseText(text, file)
  if (!validateRules(value)) throw describeDeparture(validateRules.errors?.[0], file)
  const rules = readRules(isObject(value) ? value : {})
  const named = [
    ...[...rules.severity.keys()].map((rule) => ({
      rule,
      pointer: formatPointer(['severity', rule]),
    })),
    ...listRuleIds(readMember(isObject(value) ? value : {}, 'provider', 'departures')),
  ]
  const unknown = named.find(({ rule }) => !knownRules.has(rule))
  if (unknown)
    throw describeUnknownRule(unknown.rule, { file, pointer: unknown.pointer }, knownRules)
  return rules
}

function parseText(text: string, file: string): unknown {
  const place = { file, pointer: '' }
  try {
    const value = parseBody(text.replace(/^\ufeff/, ''), MAX_RULES_BYTES)
    if (value === undefined)
      throw refuseRules('The rules file is empty.', place, 'write {} into it, or remove it')
    return value
  } catch (error) {
    if (!isHarnessError(error) || error.code === 'usage') throw error
    throw refuseRules(
      `The rules file cannot be read. ${error.message}`,
      place,
      'correct it; contracts/rules.schema.json says what it may hold',
      error,
    )
  }
}

function readRules(value: JsonObject): Rules {
  return {
    match: {
      ignore: readTexts(readMember(value, 'match', 'ignore')),
      loosen: readTexts(readMember(value, 'match', 'loosen')),
    },
    redact: readTexts(value['redact']),
    keep: readTexts(value['keep']),
    severity: readEntries(value['severity'], readOverride),
    provider: {
      departures: readTexts(readMember(value, 'provider', 'departures')),
      mismatches: readMismatches(readMember(value, 'provider', 'departures')),
    },
    coverage: readEntries(value['coverage'], (share) =>
      typeof share === 'number' ? share : undefined,
    ),
  }
}

function readMember(value: JsonObject, outer: string, inner: string): unknown {
  const member = value[outer]
  return isObject(member) ? member[inner] : undefined
}

function readTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** The rule ids among departures, with where they stand. */
function listRuleIds(value: unknown): { rule: string; pointer: string }[] {
  return (Array.isArray(value) ? value : []).flatMap((rule: unknown, index) =>
    typeof rule === 'string'
      ? [{ rule, pointer: formatPointer(['provider', 'departures', index]) }]
      : [],
  )
}

function readMismatches(value: unknown): readonly ProviderDeparture[] {
  return (Array.isArray(value) ? value : []).flatMap((item: unknown) => {
    const { interaction, place, reason } = isObject(item) ? item : {}
    const isWhole =
      typeof interaction === 'string' && typeof place === 'string' && typeof reason === 'string'
    return isWhole ? [{ interaction, place, reason }] : []
  })
}

function readEntries<T>(
  value: unknown,
  read: (member: unknown) => T | undefined,
): ReadonlyMap<string, T> {
  const entries = Object.entries(isObject(value) ? value : {}).flatMap(([name, member]) => {
    const known = read(member)
    return known === undefined ? [] : [[name, known] as const]
  })
  return new Map(entries)
}

const OVERRIDES: readonly SeverityOverride[] = ['error', 'warning', 'info', 'off']

function readOverride(value: unknown): SeverityOverride | undefined {
  return OVERRIDES.find((override) => override === value)
}
