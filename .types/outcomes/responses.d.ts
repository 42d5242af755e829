import { fc } from './npm-install-save-dev-fast-check.ts';
import { type Outcome, type StartTaskResponse } from '../contract/index.ts';
import { type WireResponse } from '../protocol/index.ts';
/** The outcomes of an HTTP 200 response. */
export type SuccessKind = Extract<Outcome['kind'], 'started' | 'partial' | 'unplaced'>;
/**
 * Valid bodies of an HTTP 200 response: `checkResponse` says nothing of them, in either view. The page requires no member of a response, so
 * any may be absent.
 *
 * @param outcome what `readOutcome` says of the response; without it any of the three. `unplaced` has answers without a failure too.
 */
export declare function startTaskResponses(outcome?: SuccessKind): fc.Arbitrary<StartTaskResponse>;
/**
 * Answers on the wire. `rejected` ones are the errors of the page and those common to all actions, each with a status that is known for it;
 * `unreadable` ones come from a proxy between, or broke off.
 *
 * @param outcome what `readOutcome` says of the response; without it any
 */
export declare function startTaskWireResponses(outcome?: Outcome['kind']): fc.Arbitrary<WireResponse>;
