import type { Project, SetupCheck } from './check.ts';
/** Whether the rules file and the recordings of a project can be read, keep to the contract and hold no secret, and what recorders left. */
export declare function checkRecordings(project: Project): Promise<SetupCheck[]>;
