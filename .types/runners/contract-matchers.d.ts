import { type MatcherContext, type MatcherResult } from './matcher.ts';
import { type BodySide } from './subject.ts';
/**
 * Passes when nothing of a request, a response or an exchange breaks the documented contract; warnings and infos do not count. It takes bodies,
 * commands of AWS SDK v3 and what they gave, requests and answers on the wire, and recorded exchanges.
 *
 * @param side which body it is, where neither `tasks`, `failures` nor `$metadata` tell a response: an empty object for example
 */
export declare function toConformToStartTask(this: MatcherContext, received: unknown, side?: BodySide): MatcherResult;
