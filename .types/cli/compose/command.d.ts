import { type Command } from '@commander-js/extra-typings';
export declare function addCompose(program: Command, finish: (code: number) => void): void;
