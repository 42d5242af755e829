/** What identifies a request, what differs, and which recorded request is nearest. Pure. */
export { type Difference, findDifferences, measureDistance } from './difference.ts';
export { createIdentify, identifyRequest, type Identity, IDENTITY_VERSION, type MatchRules, } from './identity.ts';
export { findNearest, type Near } from './nearest.ts';
export { createRecordedReader, outline, type Outline, type ReadingSettings, type RecordedReader, } from './recorded-reader.ts';
export { replaceVolatile } from './volatile-text.ts';
export { type Proposal, proposeIgnores } from './volatile.ts';
