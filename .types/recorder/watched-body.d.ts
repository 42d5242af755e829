/** Is told the bytes of a body once its reader has them all; `undefined` when it broke off. */
type Tell = (bytes: Uint8Array | undefined) => void;
/** The bytes of a body that is whole, of their own; `undefined` for a stream, and for what is no body. */
export declare function copyBytes(body: unknown): Uint8Array | undefined;
/**
 * Watches the body of a message while its reader reads it, at the reader's pace: no byte, no error and no time of the reader's is changed.
 * A web stream is put in place of `body`, since that kind cannot be watched. `false` for a body that nothing here can watch, which is then
 * left as it was.
 */
export declare function watchBody(message: unknown, tell: Tell): boolean;
export {};
