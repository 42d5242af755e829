/**
 * Whether a text surely holds no secret by its looks: neither as it is, nor escaped, nor encoded. Most texts are names and ids, which one
 * pass over their characters tells; those met before are remembered.
 */
export declare function isQuiet(text: string): boolean;
/** Whether six characters follow each other that can be printed, as in every secret and in few ids; zeros between them do not count. */
export declare function isText(bytes: Uint8Array): boolean;
/** Whether bytes begin as gzip or zlib do. */
export declare function isPacked(bytes: Uint8Array): boolean;
