/** Ids that tell whose a resource is or where it is, and that no caller needs to know. */
export type PrivateIdKind = 'account' | 'ipv4' | 'ipv6' | 'network interface' | 'mac';
/** A private id in a text; `end` is behind it. */
export interface PrivateId {
    kind: PrivateIdKind;
    start: number;
    end: number;
    /** In the usual form of its kind: dots between the numbers of an address, no hyphens in an account. */
    id: string;
    /** Brings another id of the kind to the form in which this one stood. */
    readonly write: (id: string) => string;
}
/**
 * Finds the private ids of a text, in order: twelve digits that no digit nor hexadecimal letter touches (also as `1234-5678-9012`), IP addresses (also as AWS writes them in host
 * names, `ip-10-0-0-5`, or of a private network, `app-10-0-0-5`), ids of network interfaces, and MAC addresses. Of what looks like one these are none: loopback, link-local,
 * unspecified, multicast and mask addresses, which are the same for everybody; the last part of a UUID; a moment in twelve digits
 * (`202611231200`) that no ARN and no image's registry calls an account; four numbers with a word after them (`1.2.3.4-beta`), a version.
 */
export declare function findPrivateIds(text: string): PrivateId[];
/** Replaces the private ids of a text; `replace` gives what stands in the place of one, in the usual form of its kind. */
export declare function replacePrivateIds(text: string, replace: (kind: PrivateIdKind, id: string) => string): string;
/** Whether a text may hold a private id: one look for all of them. */
export declare function mayHoldPrivateId(text: string): boolean;
