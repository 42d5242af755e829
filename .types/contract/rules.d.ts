/** The catalogue of rules, beside the room's adapter: most users of the checks have no use for its texts. */
import type { Severity } from './finding.ts';
/** What contracts/start-task/rules.json says about a rule. `severity` is what a finding has where no view lowers it. */
export interface RuleDescription {
    readonly side: 'request' | 'response' | 'error';
    readonly severity: Severity;
    readonly source: string;
    /** What holds where the rule is kept; after `reported:`, what is said where it is broken. */
    readonly says: string;
}
/** Every rule that a finding of the contract can name, by id. */
export declare const RULES: ReadonlyMap<string, RuleDescription>;
