import type { Inspected } from './sources.ts';
import { type Paint } from './words.ts';
import type { ExchangeSummary } from './inspected-exchange.ts';
/** A list in the making. */
export interface List {
    /** Notes an exchange that was looked at. */
    count(): void;
    add(inspected: Inspected, summary: ExchangeSummary): string;
    end(): string;
}
/** For a person: file by file. */
export declare function createList(paint: Paint): List;
/** For other programs: a line an exchange. */
export declare function createPlainList(): List;
/** One JSON document. What is known last comes last: how many there were. */
export declare function createJsonList(): List;
