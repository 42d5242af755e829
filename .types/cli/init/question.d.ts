/** Asks on the terminal; no is what Enter alone means. The question goes to standard error, as all that is no data. */
export declare function askForYes(question: string): Promise<'yes' | 'no' | 'cancelled'>;
