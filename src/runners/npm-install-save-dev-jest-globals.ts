import * as globals from '@jest/globals' // whole: outside of jest its own error then says so, before a missing name does

/** jest's globals, an optional peer, through a file whose name says what to do: where they are missing, Node.js tells of the file that imports them. */
export { globals }
