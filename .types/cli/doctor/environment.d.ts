import type { Project, SetupCheck } from './check.ts';
/** What variables of the environment say to the clients of ECS and to this package. Values that could be secret are not told. */
export declare function checkEnvironment({ env }: Project): SetupCheck[];
