/** Matchers and assertions that no runner needs to be loaded for. The runners' own adapters stand beside this one: vitest.ts, vitest-reporter.ts, jest.ts. */
export { assertConformsToStartTask, assertFailedPlacement, assertNoMisses, assertNoStartedTask, assertPartlyStarted, assertRejected, assertReplayedAll, assertSentOnce, assertSentOnceWith, assertSentTimes, assertSentWith, assertStartedTask, } from './assertions.ts';
export { toConformToStartTask } from './contract-matchers.ts';
export type { MatcherContext, MatcherResult } from './matcher.ts';
export { type ExpectedFailure, type ExpectedRejection, toHaveBeenRejected, toHaveFailedPlacement, toHavePartlyStarted, toHaveStartedTask, } from './outcome-matchers.ts';
export { toHaveBeenSentOnce, toHaveBeenSentOnceWith, toHaveBeenSentTimes, toHaveBeenSentWith, toHaveNoMisses, toHaveReplayedAll, } from './replay-matchers.ts';
export { type StandardIssue, type StandardSchema, startTaskRequest, startTaskResponse, } from './schemas.ts';
export type { BodySide } from './subject.ts';
