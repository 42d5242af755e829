import type { Project, SetupCheck } from './check.ts';
/** Which packages there are: this one, the optional ones in a version that it works with, and one copy of the interceptors. */
export declare function checkPackages(project: Project): SetupCheck[];
/** What this package's own package.json says of the packages beside it: from src/cli/ and from dist/cli/ alike two levels up. */
export declare function readPeerRanges(): Map<string, string>;
