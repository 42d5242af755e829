import { type Exchange } from '../protocol/index.ts';
import { type Redaction } from '../redaction/index.ts';
import { type Identity, type MatchRules } from './identity.ts';
/** How recordings are read. */
export interface ReadingSettings {
    match: MatchRules;
    redaction: Redaction;
    attempts: 'recorded' | 'collapsed';
}
/** What of an exchange is known without reading it. */
export interface Outline {
    operation: string;
    /** Attempts of one invocation share it. */
    invocation: string | undefined;
    /** Equal for equal requests. */
    digest: string;
}
/** Reads recorded requests as requests are read that are sent. */
export interface RecordedReader {
    identify(exchange: Exchange, redactedBy: unknown): Identity;
    /** Tells these rules from others: what is derived under them can be kept beside it. */
    readonly rules: string;
    /** As `rules`, for keys that stand in files: the same for each version of this package that makes the same keys. */
    readonly keys: string;
}
export declare function createRecordedReader({ match, redaction }: ReadingSettings): RecordedReader;
/** The outline of a recorded exchange, as `reader` identifies it. */
export declare function outline(exchange: Exchange, redactedBy: unknown, reader: RecordedReader): Outline;
