import type { Finding } from './finding.ts';
/**
 * What departs from the documented contract in the body of an HTTP 200 response, in document order. Never throws.
 *
 * @param view `recorded` (default): the service may have learned since the page, so an unknown member is info, and so is a value that no
 *   enum of the model has. `expected`: what somebody wrote by hand may name nothing that is not documented, so both are errors; but it need
 *   not be whole, so nothing is required. In both, a member that a later model has is a warning that says since when.
 */
export declare function checkResponse(body: unknown, view?: 'recorded' | 'expected'): Finding[];
