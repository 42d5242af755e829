/** vitest, an optional peer, through a file whose name says what to do: where it is missing, Node.js tells of the file that imports it. */
export { expect, recordArtifact, test } from 'vitest';
