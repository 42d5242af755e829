import type { Severity } from '../contract/index.ts';
/** The largest rules file, in bytes, that is read. */
export declare const MAX_RULES_BYTES: number;
/** A severity that a team gives a rule; `off` drops its findings. */
export type SeverityOverride = Severity | 'off';
/** A mismatch of a pact's verification that is known, and why. */
export interface ProviderDeparture {
    /** The description of an interaction; `*` for any. */
    interaction: string;
    /** Where, as verifications name it, with `*` for any one segment. */
    place: string;
    reason: string;
}
/** What a team has decided, as contracts/rules.schema.json describes it. A member that the file leaves out is empty here. */
export interface Rules {
    match: {
        ignore: readonly string[];
        loosen: readonly string[];
    };
    redact: readonly string[];
    keep: readonly string[];
    /** By rule id. Every id is one that the contract has. */
    severity: ReadonlyMap<string, SeverityOverride>;
    /** What the service is known to answer otherwise: ids of rules that it breaks, and mismatches of a pact's verification. */
    provider: {
        departures: readonly string[];
        mismatches: readonly ProviderDeparture[];
    };
    /** The least share of each kind, in percent. */
    coverage: ReadonlyMap<string, number>;
}
/** The rules of a team that has decided nothing. */
export declare const NO_RULES: Rules;
/**
 * Reads the text of a rules file. The whole file is checked, what this version does not use yet included, and every rule id in it must be
 * one of `knownRules`: a misspelt or renamed rule would otherwise silently do nothing.
 *
 * Throws `usage` for whatever is wrong: text that is no JSON, larger than 1 MiB or nested too deep, an unknown member, a wrong value, an
 * unknown rule id.
 *
 * @param file what the text came from, for the message: a path
 */
export declare function parseRules(text: string, file?: string, knownRules?: ReadonlySet<string>): Rules;
