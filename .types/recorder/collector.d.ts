import { type CapturedResponse, type TransportFailure } from '../protocol/index.ts';
/** Where exchanges go and where they come from. */
export interface CollectorOptions {
    /** A `.json` file for all, or a folder with one file for each different request. */
    out: string;
    /** Goes into the recordings' provenance. */
    provenance: Record<string, unknown>;
    /** The rules file whose `keep` and `redact` apply; otherwise `starttask.rules.json`, in the working directory or above. */
    rules?: string;
    /** Whether exchanges stay in a file that were recorded before and not again; they do unless this says `replace`. With `add` all stay. */
    existing?: 'keep' | 'replace' | 'add';
}
/** When what happened, in milliseconds from the request's start. */
export interface Timing {
    /** When the response's headers were there. */
    headersMs?: number;
}
/** An exchange that has begun. Settled once, and not after the collector's stop: a later call does nothing. Never throws. */
export interface OpenExchange {
    /**
     * Takes what it is given at once. Resolves when the exchange is in the recorder's journal, or is known not to come there, or after a
     * second of waiting for the disk. Never rejects.
     */
    finish(body: Uint8Array, response: CapturedResponse | TransportFailure, timing?: Timing): Promise<void>;
    /** It was no exchange with the service: it is neither recorded nor lost. */
    drop(): void;
}
/** An exchange whose `finish` somebody waits for. */
export interface AwaitedExchange extends OpenExchange {
    /** Takes the request's body while the response is awaited, so that less is left to do when it comes. */
    expect(body: Uint8Array): void;
}
/** Redacts exchanges as they end, appends them to a journal, and puts them in place at the end. */
export interface Collector {
    /** Takes the exchange's place in the order, and its time; `headers` are the request's, names in lower case. */
    begin(headers: Record<string, string>): AwaitedExchange;
    /**
     * Puts all in place; the same when called again. `lost` counts exchanges that began and had no end. Throws `write-failed`, `lock-held`
     * or `secret-found`; what the journal holds can be read then, and the next recorder for the same `out` puts it in place.
     */
    stop(): Promise<{
        written: string[];
        lost: number;
    }>;
}
/**
 * Throws `usage` without a usable `out`, `write-failed` where nothing can be written, what reading rules and key throws, and what opening a
 * file that exists throws: one that is no recording is not written over.
 */
export declare function createCollector(options: CollectorOptions): Collector;
