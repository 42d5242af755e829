import { type Exchange, type Recording } from '../../protocol/index.ts';
import { type RedactedExchange, type RedactedRecording } from '../../redaction/index.ts';
/** What is to be added to; `undefined` where a recording begins. Nothing that was recorded gets composed exchanges among its own. */
export declare function openOut(out: string, append: boolean): RedactedRecording | undefined;
/** The exchange behind those that are there: an invocation of its own, a second later. */
export declare function placeExchange(exchange: Exchange, before: RedactedRecording | undefined): Exchange;
/** The recording with the exchange, labelled as composed. What it says of itself is still to be redacted. */
export declare function addExchange(before: RedactedRecording | undefined, exchange: RedactedExchange, { departures, undocumented }: {
    departures: readonly string[];
    undocumented: readonly string[];
}): Recording;
/** Throws `secret-found` for what would be written and still looks like a secret. */
export declare function refuseSecrets(recording: RedactedRecording): Promise<void>;
