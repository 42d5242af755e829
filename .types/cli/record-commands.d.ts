import { type Command } from '@commander-js/extra-typings';
export declare function addDemo(program: Command, finish: (code: number) => void): void;
export declare function addRecord(program: Command, command: string[], finish: (code: number) => void): void;
export declare function addRecover(program: Command, finish: (code: number) => void): void;
