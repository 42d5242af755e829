import { type Difference } from './difference.ts';
import type { Identity } from './identity.ts';
/** A recorded request near to the one that was sent. */
export interface Near<Candidate> {
    candidate: Candidate;
    differences: Difference[];
}
/** A recorded request to compare with. */
export interface NearCandidate<Candidate> {
    candidate: Candidate;
    /** Its body as recorded. */
    body: unknown;
}
/**
 * The recorded requests that lie nearest, at most `most`, nearest first; equals in the order given. Many are looked at in one walk each, and let
 * others have their turn meanwhile (`pause`); only those that may be the nearest are compared in the form in which they count.
 */
export declare function findNearest<Candidate>(sent: Identity, candidates: Iterable<NearCandidate<Candidate>>, identify: (candidate: Candidate) => Identity, { most, pause, }?: {
    most?: number;
    pause?: () => Promise<void>;
}): Promise<Near<Candidate>[]>;
