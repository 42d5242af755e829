import type { Finding } from './finding.ts';
/**
 * What departs from the documented contract in the body of a StartTask request, in document order: the API page (error), the AWS model
 * (error, with its date), prose of other pages (warning), and as info what the page says about members that are left out. `undefined`
 * members count as absent, null ones too, with an info finding. Never throws: a value that cannot be walked gives one finding,
 * `request.depth` or `request.size`. Every rule is listed in contracts/start-task/rules.json.
 *
 * @param body the parsed JSON; `parseBody` keeps large numbers exact
 */
export declare function checkRequest(body: unknown): Finding[];
