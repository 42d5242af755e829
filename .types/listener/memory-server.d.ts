import type { Duplex } from 'node:stream';
import { type Answering } from './handling.ts';
/** Speaks HTTP on connections within the process, and listens nowhere. */
export interface MemoryServer {
    /** Takes one end of a connection. */
    accept(connection: Duplex): void;
}
/** Creates one. Whoever holds the other end is in this process: nobody is refused. */
export declare function createMemoryServer(options: Answering): MemoryServer;
