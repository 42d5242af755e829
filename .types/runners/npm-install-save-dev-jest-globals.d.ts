import * as globals from '@jest/globals';
/** jest's globals, an optional peer, through a file whose name says what to do: where they are missing, Node.js tells of the file that imports them. */
export { globals };
