import { type Command } from '@commander-js/extra-typings';
/** Commands that keep incidents as Parquet files, and ask them. */
export declare function addAsking(incident: Command, finish: (code: number) => void): void;
