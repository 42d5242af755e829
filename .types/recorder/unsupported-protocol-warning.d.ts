/** What tells of a request, without its body, that it is for ECS in a protocol that is not recorded. */
export interface Seen {
    url: string;
    headers: Record<string, string>;
}
/**
 * Gives the function that warns, once, of a request to ECS that goes by unrecorded because it speaks another protocol than AWS JSON. A recorder
 * in the caller's process watches: it refuses nothing.
 */
export declare function createUnsupportedProtocolWarning(): (seen: Seen) => void;
