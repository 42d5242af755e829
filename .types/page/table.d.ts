import { type Content, type Html } from './markup.ts';
export interface Column {
    title: string;
    /** Numbers stand at the right, one under the other. */
    kind?: 'text' | 'number';
}
export interface Table {
    /** What the table shows: its caption, and its name where it is reached by keyboard. */
    caption: string;
    columns: readonly Column[];
    /** The first cell of each names its row. */
    rows: readonly (readonly Content[])[];
}
/** A table that scrolls by itself where it is wider than the page. */
export declare function buildTable({ caption, columns, rows }: Table): Html;
/** Facts, each by its name. */
export declare function buildFacts(facts: readonly (readonly [string, Content])[]): Html;
