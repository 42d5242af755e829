/** The identity of a request, the differences of two, and the closest recorded requests. Pure. */
export {
  createIdentify,
  createRecordedReader,
  identifyRequest,
  type Identity,
  type MatchRules,
  outline,
  type Outline,
  type ReadingSettings,
  type RecordedReader,
} from './identity.ts'
export {
  type Difference,
  findDifferences,
  findNearest,
  measureDistance,
  type Near,
} from './nearest.ts'
export { replaceVolatile } from './volatile-text.ts'
export { type Proposal, proposeIgnores } from './volatile.ts'
