import { RULE_IDS } from '../contract/index.ts'

/** Ids of findings that are not about the contract but about a file that could not be read: teams may give these another severity too. */
export const FILE_RULES: readonly string[] = [
  'file.not-json',
  'file.too-large',
  'file.too-deep',
  'file.recording-invalid',
  'file.recording-version',
  'file.unrecognised',
]

/** Ids of findings about pacts that are none of the contract's own. */
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

/** Every rule id that a rules file may name. */
export const KNOWN_RULES: ReadonlySet<string> = new Set([...RULE_IDS, ...FILE_RULES, ...PACT_RULES])
