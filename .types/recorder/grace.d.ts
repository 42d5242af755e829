/** How long exchanges under way may take to end once a recorder stops. */
export declare const GRACE_MS = 2000;
/** Waits until nothing is left in `underWay`, what is added meanwhile included, but no longer than `ms`. */
export declare function settleWithin(ms: number, underWay: ReadonlySet<Promise<unknown>>): Promise<void>;
