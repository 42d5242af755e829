/** `starttask-harness/outcomes`: the outcome kit and contract coverage. */
import './package/node-version.ts';
export { type Coverage, COVERAGE_KINDS, type CoverageGap, type CoverageKind, type CoverageOf, type CoverageReport, createCoverage, findCoverageGaps, measureCoverage, describeOutcomes, type DescribeOptions, type TestFunction, type Expectation, type Expectations, type Met, listOutcomeCases, type OutcomeCase, type OutcomeService, type CallMyCode, type OutcomeOptions, type OutcomeReport, type OutcomeResult, runOutcomes, } from './outcomes/index.ts';
