/** The outcome kit and contract coverage. Arbitraries have an entry point of their own, because they load fast-check. */
export { composeBody, type Placement } from './compose.ts'
export { composeExchange } from './composed-exchange.ts'
export {
  type Coverage,
  COVERAGE_KINDS,
  type CoverageGap,
  type CoverageKind,
  type CoverageOf,
  type CoverageReport,
  createCoverage,
  findCoverageGaps,
  measureCoverage,
} from './coverage.ts'
export { type DescribeOptions, describeOutcomes, type TestFunction } from './outcome-kit.ts'
export type { Expectation, Expectations, Met } from './expectations.ts'
export type { OutcomeService } from './outcome-adapters.ts'
export { listOutcomeCases, type OutcomeCase } from './outcome-cases.ts'
export {
  type CallMyCode,
  type OutcomeOptions,
  type OutcomeReport,
  type OutcomeResult,
  runOutcomes,
} from './outcome-kit.ts'
