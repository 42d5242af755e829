/** So many reasons have a filter of their own; the others are found as text. */
export declare const MOST_REASONS = 24;
/** What the page of recordings adds to the stylesheet: its filters work by selectors, so that they need no script. */
export declare const INSPECTION_STYLE: string;
