import { RULES } from '../../contract/index.ts'
import type { PlacedFinding } from './documents.ts'

/** What SARIF says of a rule, from the contract's catalogue where it has it; a rule about files is none of the contract's. */
export function describeRule({ rule, source }: PlacedFinding): object {
  const known = RULES.get(rule)
  const short = known?.says ?? FILE_RULES_SAY.get(rule) ?? rule
  return {
    id: rule,
    shortDescription: { text: short },
    fullDescription: { text: short },
    help: {
      text: `${short}. Source: ${known?.source ?? source}. Its severity can be set by its id under "severity" in starttask.config.json.`,
    },
  }
}

const FILE_RULES_SAY: ReadonlyMap<string, string> = new Map([
  ['file.not-json', 'a document is JSON in UTF-8'],
  ['file.too-large', 'a body has at most 4 MiB, a recording at most 64 MiB'],
  ['file.too-deep', 'a document nests at most 100 levels deep'],
  ['file.recording-invalid', 'a recording keeps to contracts/recording.schema.json'],
  ['file.recording-version', 'a recording is of a format version that this package reads'],
])
