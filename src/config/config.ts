import { type Finding, RULE_IDS, type Severity } from '../contract/index.ts'
import { isHarnessError } from '../message/index.ts'
import {
  formatPointer,
  parseBody,
  readList,
  readNumber,
  readObject,
  readText,
} from '../protocol/index.ts'
import { describeDeparture, describeUnknownRule, refuseConfig } from './config-error.ts'
import { validateConfig } from './generated/validator.js'

/** The largest configuration file, in bytes, that is read. */
export const MAX_CONFIG_BYTES = 1024 * 1024

/** A severity that a team gives a rule; `off` drops its findings. */
export type SeverityOverride = Severity | 'off'

/** A known mismatch of a pact's verification, with its reason. */
export interface ProviderDeparture {
  /** The description of an interaction; `*` for any. */
  interaction: string
  /** The place, as verifications name it, with `*` for any one segment. */
  place: string
  reason: string
}

/** The configuration of a project, as contracts/config.schema.json describes it. A member that the file leaves out is empty. */
export interface Config {
  match: { ignore: readonly string[]; loosen: readonly string[] }
  redact: readonly string[]
  keep: readonly string[]
  /** Severities by rule id. The contract has every id. */
  severity: Readonly<Record<string, SeverityOverride>>
  /** Known departures of the service: ids of rules that it breaks, and mismatches of a pact's verification. */
  provider: { departures: readonly string[]; mismatches: readonly ProviderDeparture[] }
  /** The least share of each kind, in percent. */
  coverage: ReadonlyMap<string, number>
}

/** Ids of findings about files that cannot be read. Teams may change their severity too. */
export const FILE_RULES: readonly string[] = [
  'file.not-json',
  'file.too-large',
  'file.too-deep',
  'file.recording-invalid',
  'file.recording-version',
  'file.unrecognised',
]

/** Ids of findings about pacts that are not in the contract. */
const PACT_RULES: readonly string[] = [
  'file.pact-invalid',
  'pact.form',
  'pact.matcherPath',
  'pact.method',
  'pact.path',
  'pact.seen',
  'pact.status',
  'pact.target',
  'pact.tighter',
  'pact.undecided',
  'pact.unknownPlace',
  'pact.unseen',
]

/** Every rule id that a configuration file may name. */
export const KNOWN_RULES: ReadonlySet<string> = new Set([...RULE_IDS, ...FILE_RULES, ...PACT_RULES])

/**
 * Parses the text of a configuration file. The complete file is checked, and every rule id in it must be one of `knownRules`: a misspelt rule would
 * otherwise silently do nothing.
 *
 * @param file the file's path, for messages
 * @throws {HarnessError} `usage` for text that is not JSON, is larger than 1 MiB or nested too deep, for an unknown member, a wrong value and an
 * unknown rule id
 */
export function parseConfig(
  text: string,
  file = 'the configuration file',
  knownRules: ReadonlySet<string> = KNOWN_RULES,
): Config {
  return readConfig(parseMembers(text, file, knownRules))
}

/** Returns the checked members of a configuration file. */
export function parseMembers(
  text: string,
  file: string,
  knownRules: ReadonlySet<string> = KNOWN_RULES,
): MembersOfFile {
  const value = parseText(text, file)
  if (!validateConfig(value)) throw describeDeparture(validateConfig.errors?.[0], file)
  const members = readObject(value)
  const unknown = listNamedRules(members).find(({ rule }) => !knownRules.has(rule))
  if (unknown)
    throw describeUnknownRule(unknown.rule, { file, pointer: unknown.pointer }, knownRules)
  return members
}

/** The members of a file that conforms to the schema. */
type MembersOfFile = Readonly<Record<string, unknown>>

function parseText(text: string, file: string): unknown {
  const place = { file, pointer: '' }
  try {
    const value = parseBody(text.replace(/^\ufeff/, ''), MAX_CONFIG_BYTES)
    if (value === undefined)
      throw refuseConfig(
        'The configuration file is empty.',
        place,
        'Write {} into it, or remove it.',
      )
    return value
  } catch (error) {
    if (!isHarnessError(error) || error.code === 'usage') throw error
    throw refuseConfig(
      `The configuration file cannot be read. ${error.message}`,
      place,
      'Correct it. contracts/config.schema.json describes its members.',
      error,
    )
  }
}

/** Lists the rule ids that a file names, each with its place. */
function listNamedRules(members: MembersOfFile): { rule: string; pointer: string }[] {
  const severities = Object.keys(readObject(members['severity'])).map((rule) => ({
    rule,
    pointer: formatPointer(['severity', rule]),
  }))
  const departures = readList(readObject(members['provider'])['departures']).flatMap(
    (rule, index) =>
      typeof rule === 'string'
        ? [{ rule, pointer: formatPointer(['provider', 'departures', index]) }]
        : [],
  )
  return [...severities, ...departures]
}

/** Reads the members of a file that conforms to the schema. */
export function readConfig(members: MembersOfFile): Config {
  const [match, provider] = [readObject(members['match']), readObject(members['provider'])]
  return {
    match: { ignore: readTexts(match['ignore']), loosen: readTexts(match['loosen']) },
    redact: readTexts(members['redact']),
    keep: readTexts(members['keep']),
    severity: Object.fromEntries(readEntries(members['severity'], readOverride)),
    provider: {
      departures: readTexts(provider['departures']),
      mismatches: readList(provider['departures']).flatMap(readMismatch),
    },
    coverage: new Map(readEntries(members['coverage'], readNumber)),
  }
}

/** The configuration of a project without a configuration file. */
export const EMPTY_CONFIG: Config = readConfig({})

function readTexts(value: unknown): readonly string[] {
  return readList(value).filter((item) => typeof item === 'string')
}

function readMismatch(value: unknown): ProviderDeparture[] {
  const members = readObject(value)
  const [interaction, place, reason] = ['interaction', 'place', 'reason'].map((name) =>
    readText(members[name]),
  )
  return interaction === undefined || place === undefined || reason === undefined
    ? []
    : [{ interaction, place, reason }]
}

function readEntries<T>(
  value: unknown,
  read: (member: unknown) => T | undefined,
): (readonly [string, T])[] {
  return Object.entries(readObject(value)).flatMap(([name, member]) => {
    const known = read(member)
    return known === undefined ? [] : [[name, known] as const]
  })
}

const OVERRIDES: readonly SeverityOverride[] = ['error', 'warning', 'info', 'off']

function readOverride(value: unknown): SeverityOverride | undefined {
  return OVERRIDES.find((override) => override === value)
}

/** Gives findings the severities of the configuration, in the same order. Findings of a rule that is `off` are left out. */
export function applySeverity<T extends Finding>(findings: readonly T[], config: Config): T[] {
  return findings.flatMap((finding) => {
    const severity = config.severity[finding.rule] ?? finding.severity
    if (severity === 'off') return []
    return [severity === finding.severity ? finding : { ...finding, severity }]
  })
}
