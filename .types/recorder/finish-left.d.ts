/**
 * Run by a recorder whose process ends at once, which leaves no time for anything asynchronous: puts its journal in place.
 * Arguments: `out`, and the journal.
 */
export {};
