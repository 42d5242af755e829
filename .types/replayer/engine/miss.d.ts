import type { Finding } from '../../contract/index.ts';
import { type Identity, type Near } from '../../matching/index.ts';
import { type Exchange, type UnsupportedProtocol } from '../../protocol/index.ts';
import { type Library } from './library.ts';
import type { Entry, Sequence } from './sequence.ts';
/** The `__type` of the response to a request that no recorded exchange answers. */
export declare const MISS_NAME = "NoRecordingMatched";
/** Why no recorded exchange answers a request. */
export interface Miss {
    /**
     * How far the request came: no exchange of its operation is recorded; its body differs from each; all that equal it are played; or it
     * differs and breaks the documented contract as well.
     */
    phase: 'operation' | 'body' | 'exhausted' | 'contract';
    /** At most three recorded requests of the same operation, nearest first. `exchange` counts from 1. */
    nearest: {
        recording: string;
        exchange: number;
        differences: Finding[];
    }[];
    remedy: string;
    /** All of it in words, as the client's error message gives it. */
    message: string;
}
/** The miss of a request whose operation has no recorded exchange, that names none, or speaks a protocol that nothing is recorded in. */
export declare function describeUnknownOperation(operation: string | undefined, { operations, place }: Pick<Library, 'operations' | 'place'>, foreign?: UnsupportedProtocol): Miss;
/** The miss of a request whose equals are all played. */
export declare function describeExhausted({ operation, invocations }: Sequence, session: string): Miss;
/** Why a request is answered, in words. */
export declare function describeMatch({ operation, invocations }: Sequence, next: Entry): string;
/** A recorded request as far as another can be near to it. */
interface Candidate {
    entry: Entry;
    recorded: Exchange;
}
/** The body of a recorded request, also of one that was no JSON. */
export declare function describeRecordedBody({ request }: Exchange): unknown;
/** The miss of a request that differs from each recorded one of its operation. */
export declare function describeDifferent(sent: Identity, near: readonly Near<Candidate>[], { place }: Pick<Library, 'place'>, broken: readonly Finding[]): Miss;
export {};
