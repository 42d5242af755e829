import type { Severity } from '../contract/index.ts';
import type { Exchange, JsonObject } from '../protocol/index.ts';
/** An exchange as a source tells it, secrets and all: it lives in memory until redaction. */
export interface ImportedExchange {
    /** Without its time: `startedAtMs` is 0. */
    exchange: Exchange;
    /** When the request began, in milliseconds since 1970; `undefined` where the source does not say. */
    at: number | undefined;
    /** Where it stands in the source; from 1. */
    line?: number;
    /** What orders exchanges of one time, numbers in it as numbers. */
    order?: string;
    /** The record that it was made of, where the source is CloudTrail. */
    event?: JsonObject;
}
/** What became of a task at a time, in the form of the contract. */
export interface ImportedTaskState {
    task: JsonObject;
    at: number;
    line?: number;
}
export type Imported = ImportedExchange | ImportedTaskState;
/** Something in a source that was not imported, or not whole. */
export interface ImportFinding {
    file: string;
    /** From 1. */
    line?: number;
    rule: string;
    severity: Severity;
    message: string;
}
/** A file of a source, unpacked. */
export interface ImportSource {
    file: string;
    read(): AsyncIterable<Uint8Array>;
}
/** Tells of something that was not imported. */
export type TellFinding = (finding: Omit<ImportFinding, 'file'>) => void;
/** How a format is read. What is whole is given, what is not is told; it throws for nothing that a file holds. */
export interface ImportFormat {
    name: string;
    /** What the source could not tell, for the recording's provenance. */
    limits: string;
    read(source: ImportSource, tell: TellFinding, options: ImportOptions): AsyncGenerator<Imported>;
}
export interface ImportOptions {
    /** Operations that are imported: StartTask, and those that the user allows. */
    operations: readonly string[];
}
