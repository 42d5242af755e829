/** What users hand over to be checked against the documented contract, brought to the form of JSON. */
import { type Finding } from '../contract/index.ts';
/** Which of the two bodies a value is, where its form leaves that open. */
export type BodySide = 'request' | 'response';
/**
 * What departs from the documented contract in a request body, a response body, a command of AWS SDK v3 or what it gave, a request or a response on
 * the wire, or a recorded exchange. A body with `tasks`, `failures` or `$metadata` is a response, any other a request, unless `side` says.
 * Never throws: what cannot be read is a finding.
 */
export declare function checkSubject(received: unknown, side?: BodySide): Finding[];
