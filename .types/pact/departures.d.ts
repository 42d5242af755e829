/** What a provider is known to answer otherwise, held against what was verified. */
import type { ProviderDeparture } from '../config/index.ts';
import type { Mismatch, VerifiedInteraction } from './verify-results.ts';
/** A verification with the departures that were listed taken into account. */
export interface Judged {
    interactions: (Omit<VerifiedInteraction, 'mismatches'> & {
        mismatches: (Mismatch & {
            reason?: string;
        })[];
    })[];
    passed: number;
    /** Interactions that fail as listed, and in nothing else. */
    expected: number;
    failed: number;
    /** What is listed and no longer occurs, of interactions that were verified. */
    gone: ProviderDeparture[];
}
/** Explains mismatches by the listed departures: `interaction` is a description or `*`, `place` a mismatch's place with `*` for any one segment. */
export declare function judgeDepartures(interactions: readonly VerifiedInteraction[], departures: readonly ProviderDeparture[]): Judged;
