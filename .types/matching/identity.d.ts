/** Changes when the keys of requests change: digests of keys stand in archives. */
export declare const IDENTITY_VERSION = 1;
/** What identifies a request: equal keys are the same request. */
export interface Identity {
    operation: string;
    key: string;
    /** The body as it is compared: names for ARNs, defaults filled in, ignored places left out. Made when it is asked for. */
    readonly shape: unknown;
}
export interface MatchRules {
    /** Places of the body that do not count, as JSON Pointers in which `*` stands for any one index or member. */
    ignore?: readonly string[];
    /** Places of which only the look counts: what changes with each run (UUIDs, times, hexadecimal ids, numbers) is as good as any other of its kind. */
    loosen?: readonly string[];
    /** Whether the values of environment entries count beside their names, as far as recordings hold them; otherwise names alone do. */
    environment?: 'names' | 'values';
}
/** Identifies requests under one set of rules. */
export type Identify = (operation: string, body: unknown) => Identity;
/** As {@link createIdentify}, for one request. */
export declare function identifyRequest(operation: string, body: unknown, rules?: MatchRules): Identity;
/**
 * Identifies a request by its operation and its body, never by headers or host.
 *
 * An ARN counts as its resource, so that another account, region or partition is the same request. What redaction gives a pseudonym (account
 * ids, addresses, ids of network interfaces) counts by its kind alone: a request is the same whatever key its recording was redacted with.
 * An absent cluster is `default`, a group that is `family:` and the definition's own family is none, null is absence, environment entries
 * count by name. Numbers count by value. Array order counts. An absent body is an empty object.
 */
export declare function createIdentify({ ignore, loosen, environment, }?: MatchRules): Identify;
