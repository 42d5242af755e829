import { type Command } from '@commander-js/extra-typings';
export declare function addCheck(program: Command, finish: (code: number) => void): void;
export declare function addDrift(program: Command, finish: (code: number) => void): void;
export declare function addCoverage(program: Command, finish: (code: number) => void): void;
export declare function addProvider(program: Command, finish: (code: number) => void): void;
