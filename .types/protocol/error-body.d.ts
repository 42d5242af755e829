/** How an AWS JSON error names itself. */
export interface ErrorIdentity {
    name: string;
    /** Empty when the error has no message, where the JavaScript SDK says `UnknownError`. */
    message: string;
}
/**
 * Reads name and message of an AWS JSON error, as the JavaScript SDK v3 does.
 *
 * The first of body `__type`, body `code` and header `x-amzn-errortype` that is there decides alone, even when it names nothing; `code` and
 * the header are found in any case. What follows its first `,` and then its first `:` (a URI) is cut off; where a `#` is left (after a
 * namespace), the name is what stands between it and the next. A number names itself. The message is `message`, else `Message`.
 *
 * `undefined` when nothing names an error: the SDK then says `Unknown` or an empty name, or fails with a `TypeError` where null, a boolean, an
 * object or an integer beyond 2^53 stands for the name. By accident the SDK goes further in two places: it takes a list for a name, and hands
 * on a `message` that is no text (here it is empty).
 *
 * botocore reads less: the member `__type` alone, without which it names the error by its HTTP status. It does not cut at `,`, takes what
 * follows the last `#`, and lets a `message` of null or empty text hide `Message`.
 */
export declare function readErrorIdentity(headers: Record<string, string>, body: unknown): ErrorIdentity | undefined;
/** The body of an AWS JSON error in the one form that every client tried reads: bare `__type`, lower-case `message`. */
export declare function formatErrorBody(error: ErrorIdentity): string;
