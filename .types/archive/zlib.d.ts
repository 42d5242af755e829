import type * as Zlib from 'node:zlib';
/** Fetched when it is needed: it takes its time to load, and older versions of Node.js, to which we say what is needed, do not have all of it. */
export declare function loadZlib(): typeof Zlib;
