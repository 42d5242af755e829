import { type Recording } from '../protocol/index.ts';
/**
 * Whether two recordings say the same: equal but for what differs each time anyway, which is when and how fast things happened, request
 * ids, pseudonyms (another key gives others), and the ids and times that the service mints in its responses. An id that a response minted and
 * a later request repeats is the same id; an id that a request brought itself counts.
 */
export declare function isSameRecording(one: Recording, other: Recording): boolean;
