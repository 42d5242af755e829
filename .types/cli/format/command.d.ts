import { type Command } from '@commander-js/extra-typings';
export declare function addFormat(program: Command, finish: (code: number) => void): void;
