/**
 * Whether bytes are several documents, one a line: when the first line that is not empty is JSON by itself and another follows. One
 * document over several lines never is, since a JSON text ends where it is whole. `all` gives the bytes from their beginning.
 */
export declare function hasManyDocuments(chunks: AsyncGenerator<Buffer>, most: number): Promise<{
    isMany: boolean;
    all: AsyncIterable<Buffer>;
}>;
