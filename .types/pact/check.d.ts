import { type Finding } from '../contract/index.ts';
import type { ReadInteraction, ReadPact } from './read-pact.ts';
/** A finding in a pact file. `pointer` leads from the root of the file. */
export interface PactFinding extends Finding {
    /** The interaction's number in the file, from 1. */
    interaction: number;
    description: string;
}
/** What was found in a pact file, and how much of it is StartTask's. */
export interface PactReport {
    /** Interactions that were checked. */
    checked: number;
    /** Interactions of other operations, and messages: nothing is said about them. */
    others: number;
    findings: PactFinding[];
}
/**
 * Compares each StartTask interaction of a pact with the documented contract, which stands for the provider: requests closed and with what is
 * required; expected responses closed, and nothing required of them; error names with the statuses that they have; and whether every value that a
 * matcher lets through is one that the contract takes. Needs no network and nothing of Pact. Never throws.
 */
export declare function checkPact(pact: ReadPact): PactReport;
/** Whether an interaction is StartTask's, or does not say whose it is. */
export declare function isStartTask({ request }: ReadInteraction): boolean;
