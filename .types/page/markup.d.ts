import { type AttributeName, type Tag } from './vocabulary.ts';
/** An element's attributes. `true` stands alone, `undefined` is left out. `href` leads to a place on the page. */
export type Attributes = {
    [name in AttributeName]?: string | number | true | undefined;
} & {
    href?: `#${string}`;
};
declare const MARKUP: unique symbol;
/** Markup that {@link buildElement} made: nothing else can make it, and nothing that was parsed is it. */
export interface Html {
    readonly [MARKUP]: string;
}
/** What stands in an element: text becomes text, whatever is in it; nothing stands for nothing. */
export type Content = Html | string | number | undefined | readonly Content[];
/**
 * Builds an element. Texts and values are escaped here and nowhere else, so that nobody can forget it; what could reorder or hide text is shown as
 * `\u....`. Throws `TypeError` for an element, an attribute or an address that a page must not have, where the types were got around.
 */
export declare function buildElement(tag: Tag, attributes: Attributes, ...content: readonly Content[]): Html;
/** The text of markup, for the document alone. */
export declare function formatContent(content: Content): string;
/** How many bytes of a page something takes. */
export declare function measure(content: Content): number;
/** A text in which nothing is hidden or reorders the rest: what would is shown as `\u....`. */
export declare function showUnseen(text: string): string;
/** A text for between tags and in double quotes. */
export declare function escapeText(text: string): string;
export {};
