import type { Project, SetupCheck } from './check.ts';
/** What the project's own code does that goes wrong: options of msw 2, nock beside msw, subpaths whose package is missing. */
export declare function checkSources(project: Project): SetupCheck[];
/** The files below a folder whose names a pattern fits, sorted; not in hidden folders, nor where others put theirs. Links are not followed. */
export declare function listProjectFiles(folder: string, pattern: RegExp): string[];
