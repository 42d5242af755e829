import { type Invocation, type Timeline } from '../../incident/index.ts';
import { type LinkedPart } from './facts.ts';
/** Invocation by invocation: what findings name and what went wrong first, where there is no room for all. */
export declare function listInvocations(timeline: Timeline): LinkedPart;
/** What a reader looks for first: what errors are about, what other findings are about, what did not start; the rest in order. */
export declare function rankInvocations({ findings, invocations }: Timeline, numbers: ReadonlyMap<unknown, number>): Invocation[];
