import type { TransportFailure } from '../../protocol/index.ts';
/** The error that a client of Node.js meets where a transport failure was recorded, with the code that was recorded, else the usual one. */
export declare function createTransportError({ failure, code, }: TransportFailure): Error & {
    code: string;
};
