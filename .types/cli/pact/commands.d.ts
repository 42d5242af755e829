import { type Command } from '@commander-js/extra-typings';
/** `starttask pact …`: consumer contracts. */
export declare function addPact(program: Command, finish: (code: number) => void): void;
