/** The contract as trees of places, beside the room's adapter: what derives bodies, matchers or coverage from it loads them, and nothing else pays. */
export { type BodyPlace, type BodyRule, type Condition, findPlace, type RuleKeyword, } from './body-place.ts';
export { REQUEST_PLACES, RESPONSE_PLACES } from './generated/places.ts';
