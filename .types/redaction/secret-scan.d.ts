import { type Exchange, type Recording } from '../protocol/index.ts';
import { type Projected } from './scan-projection.ts';
/** A place that holds what must not be written. The value is never told. */
export interface FoundSecret {
    /** The exchange's number in its recording, from 1; 0 for the recording's own members. */
    exchange: number;
    /** A JSON Pointer into the exchange, or into the recording. */
    pointer: string;
    /** What it looks like: `AWS key id`. */
    kind: string;
}
/** Looks for secrets with our own patterns: before each write. */
export declare function scanExchange(exchange: Exchange): FoundSecret[];
/** Looks with our own patterns and with secretlint's, decoded: before a file takes its final name. */
export declare function scanRecording({ exchanges, ...envelope }: Recording): Promise<FoundSecret[]>;
/** Looks for secrets in texts; one finding for a place, in the order of the texts. Each different text is looked at once. */
export declare function scanText(texts: readonly Projected[]): Promise<Omit<FoundSecret, 'exchange'>[]>;
