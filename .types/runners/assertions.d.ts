import { type ExpectedFailure, type ExpectedRejection } from './outcome-matchers.ts';
import type { BodySide } from './subject.ts';
/** As the matcher `toHaveStartedTask`. Throws an AssertionError with `actual`, `expected` and `operator`, as all of these do. */
export declare function assertStartedTask(response: unknown, count?: number): void;
/** Throws where a task started, also one among failures: the opposite of {@link assertStartedTask}, which refuses a partial response too. */
export declare function assertNoStartedTask(response: unknown): void;
/** As the matcher `toHavePartlyStarted`. */
export declare function assertPartlyStarted(response: unknown): void;
/** As the matcher `toHaveFailedPlacement`. */
export declare function assertFailedPlacement(response: unknown, expected?: ExpectedFailure): void;
/** As the matcher `toHaveBeenRejected`. */
export declare function assertRejected(response: unknown, expected?: ExpectedRejection): void;
/** As the matcher `toConformToStartTask`. */
export declare function assertConformsToStartTask(value: unknown, side?: BodySide): void;
/** As the matcher `toHaveReplayedAll`. */
export declare function assertReplayedAll(adapter: unknown): void;
/** As the matcher `toHaveNoMisses`. */
export declare function assertNoMisses(adapter: unknown): void;
/** As the matcher `toHaveBeenSentOnce`. */
export declare function assertSentOnce(adapter: unknown): void;
/** As the matcher `toHaveBeenSentTimes`. */
export declare function assertSentTimes(adapter: unknown, times: number): void;
/** As the matcher `toHaveBeenSentWith`. */
export declare function assertSentWith(adapter: unknown, expected: object): void;
/** As the matcher `toHaveBeenSentOnceWith`. */
export declare function assertSentOnceWith(adapter: unknown, expected: object): void;
