import { type Content } from './markup.ts';
export interface Page {
    title: string;
    /** What stands in the body: a header, `main`, a footer. */
    content: Content;
    /** What this kind of page adds to the stylesheet: a constant of the source, too. */
    style?: string;
    /** A script of ours, a constant of the source: it runs because the policy names its digest. Never made from what was recorded. */
    script?: string;
}
/**
 * One HTML file that needs nothing else and asks for nothing. Its policy allows the page's own stylesheet, by digest, and its own script if it has one;
 * nothing is loaded, framed or sent, and a script that came in with a text would not run. The same page gives the same bytes.
 *
 * Throws `TypeError` for a style or a script that would end its element.
 */
export declare function formatPage({ title, content, style, script }: Page): string;
