import type { Project, SetupCheck } from './check.ts';
/** Whether the Node.js that the project runs on is new enough: the one that runs this, that of npm scripts, and those that files name. */
export declare function checkNode(project: Project): SetupCheck[];
