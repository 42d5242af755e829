import { fc } from './npm-install-save-dev-fast-check.ts';
import { type StartTaskRequest } from '../contract/index.ts';
/** Members of a request that are drawn from what the caller gives, and are then always there. */
export type StartTaskRequestOptions = {
    readonly [Name in keyof StartTaskRequest]?: fc.Arbitrary<NonNullable<StartTaskRequest[Name]>>;
};
/**
 * Valid requests: `checkRequest` says of them nothing but information, as it does of a left-out `cluster`.
 *
 * Lists and texts are short; `containerInstances` is never empty. Whether a cluster, an instance or a task definition of that name exists is
 * another matter: give those that do.
 *
 * @param options arbitraries of single members: `{ cluster: fc.constant('web'), taskDefinition: fc.constantFrom('web:3', 'web:4') }`
 */
export declare function startTaskRequests(options?: StartTaskRequestOptions): fc.Arbitrary<StartTaskRequest>;
