import type { AwsCredentials } from './caller-credentials.ts';
import type { SigningOptions } from './signing.ts';
export { parseUpstream } from './upstream.ts';
export interface RecordingProxyOptions {
    /** The path of a `.json` file for all exchanges, or of a folder that gets one file for each different request. */
    out: string;
    /** The service's URL, http or https. AWS's own endpoints, which check signatures, are signed for. */
    upstream: string;
    /** The port on 127.0.0.1; 0 or absent takes a free one. */
    port?: number;
    /** Operations that are let through and recorded besides StartTask. Nothing is known of their contracts: they are not checked. */
    allow?: readonly string[];
    /** A line of your own for the recordings' provenance. */
    note?: string;
    /** The rules file whose `keep` and `redact` apply; otherwise `starttask.rules.json`, in the working directory or above. */
    rules?: string;
    /** How to sign; given, requests are signed for an upstream that is not AWS's own, too. */
    sign?: SigningOptions;
    /** Credentials that each request must be signed with: whoever has not got them is refused. */
    callers?: AwsCredentials;
}
/** A recording proxy that runs; disposal stops. */
export interface RecordingProxy extends AsyncDisposable {
    readonly url: string;
    /** How many exchanges have ended so far. */
    readonly ended: number;
    /**
     * Resolves when all is written. Requests under way have two seconds to end; then their connections are cut on both sides, they are not
     * recorded, and `lost` counts them: whether the service acted on them nobody knows. Throws `write-failed`; the same when called again.
     */
    stop(): Promise<{
        written: string[];
        lost: number;
    }>;
}
/**
 * Starts a proxy on 127.0.0.1 that passes StartTask requests to `upstream`, each exactly once, and records them. Other operations are
 * refused unless `allow` names them; ExecuteCommand always is, and so is a body that holds a pseudonym of a recording.
 *
 * For AWS it signs anew, with the user's own credentials: whoever may connect to it acts as that user, so give it `callers`. Throws `usage`
 * for a wrong option, `upstream-required`, `credentials-missing`, `port-in-use`, and what opening a recording that exists throws.
 */
export declare function startRecordingProxy(options: RecordingProxyOptions): Promise<RecordingProxy>;
