import { type Recording } from '../protocol/index.ts';
/** What WireMock cannot play. */
export interface LeftOut {
    recording: number;
    exchange: number;
    reason: string;
}
/**
 * Recordings as stub mappings of WireMock, in one file as its `mappings/` takes it. A request that was recorded again is a scenario, whose last
 * answer goes on being given; places where a pseudonym is recorded take any text. When, how long and which attempt stand in `metadata`.
 * What no mapping can answer is named: a request of which nothing was kept, and a refused connection.
 */
export declare function formatWireMock(recordings: readonly Recording[]): {
    mappings: object[];
    leftOut: LeftOut[];
};
