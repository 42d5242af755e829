import { type Proposal } from '../matching/index.ts';
import type { Recording } from '../protocol/index.ts';
/**
 * Compares the requests of two recordings of one flow, operation by operation. Bodies that were no JSON are left out, and of the attempts of
 * one invocation all but the first.
 *
 * @param ignored what the team ignores already
 */
export declare function proposeForRecordings(before: readonly Recording[], after: readonly Recording[], ignored?: readonly string[]): Proposal[];
/**
 * Says which places of the requests differed, and what to write into the rules file where they mean nothing; `''` for none. Only places whose
 * values look like ids, times or numbers are in that line. It holds what the team ignores already, so that it can take the old one's place.
 */
export declare function formatProposal(proposals: readonly Proposal[], ignored?: readonly string[]): string;
