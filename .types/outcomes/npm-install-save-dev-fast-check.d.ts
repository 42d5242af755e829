import * as fc from 'fast-check';
/** fast-check, an optional peer, through a file whose name says what to do: where it is missing, Node.js tells of the file that imports it. */
export { fc };
