import { type Recording } from '../protocol/index.ts';
import type { Interaction } from './interaction.ts';
/** A recording with the name that interactions get from it. */
export interface NamedRecording {
    name: string;
    recording: Recording;
}
/** What came of it. */
export interface MadeInteractions {
    interactions: Interaction[];
    /** Exchanges that no interaction is made of, each with its reason. */
    left: {
        recording: string;
        exchange: number;
        reason: string;
    }[];
}
/**
 * One interaction for each recorded invocation of StartTask, by its last attempt. Left out are transport failures and answers that are no AWS JSON,
 * which no contract is about, other operations, and what repeats an interaction.
 *
 * @param reads the members of a response that the consumer reads, as JSON Pointers with `*` for any item; all that were recorded unless it is given
 */
export declare function makeInteractions(recordings: readonly NamedRecording[], reads?: readonly string[]): MadeInteractions;
