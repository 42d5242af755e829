/** What identifies a request, what differs, and which recorded request is nearest. Pure. */
export { type Difference, findDifferences, measureDistance } from './difference.ts'
export {
  createIdentify,
  IDENTITY_VERSION,
  type Identity,
  identifyRequest,
  type MatchRules,
} from './identity.ts'
export { findNearest, type Near } from './nearest.ts'
export { type Proposal, proposeIgnores } from './volatile.ts'
export { replaceVolatile } from './volatile-text.ts'
