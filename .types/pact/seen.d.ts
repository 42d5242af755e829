import { type Exchange } from '../protocol/index.ts';
import { type PactFinding } from './check.ts';
import type { ReadPact } from './read-pact.ts';
/** A recording with its name. */
interface Seen {
    path: string;
    recording: {
        exchanges: readonly Exchange[];
    };
}
/**
 * Compares interactions with recorded exchanges: `pact.seen` where requests like the interaction's were recorded and no response to them was like its
 * answer, `pact.unseen` (info) where no such request was recorded. Values are compared as Pact compares them; what nobody can decide counts as alike.
 */
export declare function checkSeen(pact: ReadPact, recordings: readonly Seen[]): PactFinding[];
export {};
