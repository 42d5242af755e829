import type { QueryResult } from '../../query/index.ts';
/** Rows as lines with their columns one under another; numbers stand to the right. Texts of rows are made safe to print. */
export declare function formatTable({ columns, rows }: QueryResult): string[];
