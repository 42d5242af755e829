import { Duplex } from 'node:stream';
type Done = (error?: Error | null) => void;
/**
 * One end of a connection within the process, with what Node.js's HTTP client and server ask of a socket. What is written at one end is
 * read at the other; nothing else happens.
 */
export declare class MemorySocket extends Duplex {
    #private;
    /** Whom clients take them to speak with. */
    readonly remoteAddress = "127.0.0.1";
    readonly remotePort = 443;
    readonly encrypted = true;
    readonly authorized = true;
    connecting: boolean;
    timeout: number;
    /** Both ends of a new connection. */
    static createPair(): [MemorySocket, MemorySocket];
    _read(): void;
    _write(chunk: Uint8Array, _encoding: BufferEncoding, done: Done): void;
    _writev(chunks: {
        chunk: Uint8Array | string;
        encoding: BufferEncoding;
    }[], done: Done): void;
    _final(done: Done): void;
    _destroy(error: Error | null, done: Done): void;
    /** The other end meets a reset rather than an end. */
    resetAndDestroy(): this;
    destroySoon(): void;
    setTimeout(ms: number, onTimeout?: () => void): this;
    setKeepAlive(): this;
    setNoDelay(): this;
    ref(): this;
    unref(): this;
}
export {};
