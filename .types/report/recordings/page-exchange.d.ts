import { type Html } from '../../page/index.ts';
import type { PageExchange } from './inspected.ts';
/** Where an exchange stands. */
export interface ExchangeSetting {
    file: string;
    /** Its number on the page, from 1. */
    number: number;
    /** The numbers of the reasons that have a filter. */
    reasons: ReadonlyMap<string, number>;
}
/** An exchange as a line of the list, which opens to all that is known of it. */
export declare function buildPageExchange(exchange: PageExchange, { file, number, reasons }: ExchangeSetting): Html;
