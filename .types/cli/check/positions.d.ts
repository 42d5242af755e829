import type { CheckedDocument, PlacedFinding } from './documents.ts';
/** Tells the line of each finding in its file: the document's own in a file of lines, else where its pointer leads. */
export declare function createLineFinder({ line, text }: CheckedDocument, findings: readonly PlacedFinding[]): (finding: PlacedFinding) => number | undefined;
