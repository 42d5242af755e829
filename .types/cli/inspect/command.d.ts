import { type Command } from '@commander-js/extra-typings';
export declare function addInspect(program: Command, finish: (code: number) => void): void;
