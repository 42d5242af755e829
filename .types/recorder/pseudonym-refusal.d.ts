/** The `__type` of the response to a request that is not sent, because it comes from a recording. */
export declare const PSEUDONYM_REFUSAL = "PseudonymNotSent";
/**
 * Why a body must not go to a live service: it holds what redaction put in the place of something. `undefined` when it may go. StartTask
 * starts real tasks, and one that was asked for with pseudonyms would run in vain, or elsewhere.
 */
export declare function refusePseudonyms(body: Uint8Array): string | undefined;
