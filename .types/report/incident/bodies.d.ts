import { type Html } from '../../page/index.ts';
import type { RecordedRequest } from '../../protocol/index.ts';
import type { Invocation } from '../../incident/index.ts';
/** Bodies of invocations, for as long as there is room. */
export interface Bodies {
    /** The bodies behind one name; `undefined` where there is no room for them, and for all that come after. */
    take(invocation: Invocation): Html | undefined;
    /** Of how many there was room. */
    readonly taken: number;
}
export declare function fitBodies(numbers: ReadonlyMap<unknown, number>): Bodies;
/** The body of a request or of a response. */
export declare function formatContent({ body, bodyText, bodyBase64 }: RecordedRequest): string;
