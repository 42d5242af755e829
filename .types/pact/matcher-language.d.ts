/** What one matcher lets through at one place, compared with each rule that the contract has for the place. */
import type { BodyPlace, Severity } from '../contract/index.ts';
import { type JsonObject } from '../protocol/index.ts';
/** A rule of the contract that a matcher does not keep to. */
export interface Comparison {
    rule: string;
    severity: Severity;
    message: string;
    expected?: unknown;
    actual?: unknown;
}
/** Where a matcher takes effect. */
export interface Effect {
    side: 'request' | 'response';
    /** The matcher stands at this place, not above it. */
    isHere: boolean;
    /** The example's value there; `undefined` when the example has none. */
    value: unknown;
}
/** Compares one matcher with the contract; what the contract leaves open is inside it. */
export declare function compareMatcher(place: BodyPlace, matcher: JsonObject, effect: Effect): Comparison[];
