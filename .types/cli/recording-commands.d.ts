import { type Command } from '@commander-js/extra-typings';
export declare function addPropose(program: Command, finish: (code: number) => void): void;
export declare function addRedact(program: Command, finish: (code: number) => void): void;
export declare function addImport(program: Command, finish: (code: number) => void): void;
export declare function addExport(program: Command, finish: (code: number) => void): void;
export declare function addArchive(program: Command, finish: (code: number) => void): void;
export declare function addScan(program: Command, finish: (code: number) => void): void;
