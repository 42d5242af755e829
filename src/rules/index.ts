/** The rules file: what a team has decided. Found, read, checked whole, and applied to findings. */
export { FILE_RULES, KNOWN_RULES } from './known-rules.ts'
export { type FindRules, loadRules, RULES_FILE } from './rules-file.ts'
export {
  NO_RULES,
  parseRules,
  type ProviderDeparture,
  type Rules,
  type SeverityOverride,
} from './rules.ts'
export { applyRules } from './severity.ts'
