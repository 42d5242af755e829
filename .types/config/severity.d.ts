import type { Finding } from '../contract/index.ts';
import type { Rules } from './config.ts';
/** The findings with the severities that a team gave their rules; those of a rule that is `off` are left out. The order stays. */
export declare function applyRules<T extends Finding>(findings: readonly T[], rules: Rules): T[];
