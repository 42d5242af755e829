import { type Command } from '@commander-js/extra-typings';
export declare function addReplay(program: Command, command: string[], finish: (code: number) => void): void;
/** A commander parser of times: `none`, `recorded`, or a factor. */
export declare function parseLatency(value: string): 'none' | 'recorded' | {
    scale: number;
};
export declare function addExplain(program: Command, finish: (code: number) => void): void;
export declare function addPrune(program: Command, finish: (code: number) => void): void;
