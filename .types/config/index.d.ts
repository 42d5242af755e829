/** The configuration of a team: parsed, found and applied. */
export { type FindRules, loadRules, RULES_FILE } from './config-file.ts';
export { NO_RULES, parseRules, type ProviderDeparture, type Rules, type SeverityOverride, } from './config.ts';
export { FILE_RULES, KNOWN_RULES } from './known-rules.ts';
export { applyRules } from './severity.ts';
