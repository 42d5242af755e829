import { type Command } from '@commander-js/extra-typings';
export declare function addInit(program: Command, finish: (code: number) => void): void;
export declare function addDoctor(program: Command, finish: (code: number) => void): void;
