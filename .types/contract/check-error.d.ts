import type { Finding } from './finding.ts';
/**
 * What departs from the documented contract in an error response. Pointers lead into `body`; a finding about the status (rule
 * `error.status`) has the pointer of the whole. Never throws.
 */
export declare function checkError(status: number, headers: Headers | Record<string, string>, body: unknown): Finding[];
