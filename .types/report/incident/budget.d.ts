import { type Content } from '../../page/index.ts';
/** What fits into a part of a report, in the order in which it was taken. */
export interface Fitted<Item, Built> {
    shown: readonly {
        item: Item;
        built: Built;
    }[];
    left: number;
}
/** What a part of a report may hold. */
export interface Room {
    bytes: number;
    items: number;
}
/** Takes what comes first until there is no room for the next, so that a report has a size whatever it is about. How many are left is never silent. */
export declare function fit<Item, Built extends Content>(items: Iterable<Item>, room: Room, build: (item: Item) => Built): Fitted<Item, Built>;
