import { type Content, type Html } from './markup.ts';
export interface Section {
    /** Where links lead to: of our own making, never a text of a recording. */
    id: string;
    title: string;
}
/** A part of the page with its heading. */
export declare function buildSection({ id, title }: Section, ...content: readonly Content[]): Html;
/** What a reader must know of what is shown: what is left out, and where it is. */
export declare function buildNote(...content: readonly Content[]): Html;
/** What is shown when asked for. `isPrinted` puts it on paper too, open or not. */
export declare function buildFold({ summary, isPrinted }: {
    summary: Content;
    isPrinted?: boolean;
}, ...content: readonly Content[]): Html;
/** A body as people read it: JSON indented, a text as it is, nothing as the word. */
export declare function formatBody(body: unknown): string;
/** Text as it is, line by line; what is long is scrolled, by keyboard too. */
export declare function buildCode(text: string): Html;
/** A point in time, for people and programs. `iso` is UTC in ISO 8601; what is no time stands as text. */
export declare function buildTime(iso: string, text?: string): Html;
