import type { PlacedFinding } from '../check/documents.ts';
import type { ExchangeDiff } from './exchange-diff.ts';
import type { Inspected, InspectedFile } from './sources.ts';
import type { ExchangeSummary } from './inspected-exchange.ts';
/** Gives a text a look where the stream shows colours. The text is safe to print already. */
export type Paint = (look: Look, text: string) => string;
type Look = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan';
/** Paints where the stream is a terminal that shows colours, and never with `isPlain`. */
export declare function createPaint(stream: NodeJS.WriteStream, isPlain: boolean): Paint;
/** The line above a file's exchanges. */
export declare function formatFileLine({ file, recordedAt, provenance, taskStateChanges }: InspectedFile, paint: Paint): string;
/** What a recording tells besides exchanges, counted. */
export declare function countTaskStates(count: number): string;
/** A line of the list. */
export declare function formatListLine(summary: ExchangeSummary, paint: Paint): string;
/** The same for other programs: file, number, milliseconds, operation, outcome, answer, request, errors, warnings. */
export declare function formatPlainLine({ file, exchange, atMs, operation, outcome, response, request, findings, }: ExchangeSummary): string;
/** One exchange in full. */
export declare function formatExchangeText({ from, number, exchange }: Inspected, summary: ExchangeSummary, findings: readonly PlacedFinding[], paint: Paint): string;
/** Where two exchanges differ. */
export declare function formatDiffText({ one, other, isSameRequest, differences }: ExchangeDiff, paint: Paint): string;
export {};
