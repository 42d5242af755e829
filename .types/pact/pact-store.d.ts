import { type Interaction } from './interaction.ts';
/** What is put into a pact file. */
export interface PactChange {
    file: string;
    consumer: string;
    interactions: readonly Interaction[];
    /** The test file or recording that they come from: what came from it before and no longer does goes. Without one nothing goes. */
    source?: string;
    /** Nothing goes this time: a test file ran in part, or failed. */
    isPartial?: boolean;
}
/** What came of it. */
export interface SavedPact {
    file: string;
    /** How many interactions the file has now. */
    interactions: number;
    /** Descriptions of interactions that nothing makes any longer. */
    removed: string[];
}
/** Where the pact of a consumer lies in a folder. */
export declare function namePactFile(folder: string, consumer: string): string;
/**
 * Puts interactions into a pact file, which it makes where there is none. One writer at a time (a lock file beside it), whole or not at all, in an
 * order that does not depend on who came first. Interactions of other files stay, unless those files are gone; what others than this package
 * wrote stays.
 *
 * Throws `interaction-conflict` for two interactions of one name and different content, `secret-found`, `lock-held`, `write-failed`, and `usage` for
 * a file that is no pact of this consumer.
 */
export declare function savePact(change: PactChange): Promise<SavedPact>;
/** A pact in the form of specification 4. */
export declare function formatPact(consumer: string, interactions: readonly unknown[]): string;
