import type { SetupCheck } from './check.ts';
/** Asks a service that the user has named whether it is there, with one unsigned ListClusters, which changes nothing. Redirects are not followed. */
export declare function checkUpstream(upstream: string): Promise<SetupCheck[]>;
