import { type DocumentedErrorName, type Finding, type ServiceMessageName } from '../contract/index.ts';
import type { ErrorIdentity, JsonObject } from '../protocol/index.ts';
import type { IdMaker } from './identity.ts';
import type { ProviderState } from './state.ts';
/** What an operation works from. */
export interface Surroundings {
    state: ProviderState;
    /** Milliseconds since 1970. */
    now: number;
    createId: IdMaker;
}
/** What an operation came to: the body of an HTTP 200 and, where it changed something, the state from now on; or a refusal. */
export type Reply = {
    body: JsonObject;
    state?: ProviderState;
} | Refusal;
/** An error response. Its status is the catalogue's. */
export interface Refusal {
    refusal: ErrorIdentity;
    status: number;
}
/** The errors that the provider answers with: the page's, and those of the layer below the operations where no operation was reached. */
export type RefusalName = DocumentedErrorName | 'SerializationException' | 'UnknownOperationException';
/** Refuses in the provider's own words. */
export declare function refuse(name: RefusalName, message: string): Refusal;
/** Refuses in the words that users saw from the service. `named` is what the words leave open. */
export declare function refuseAsService(about: ServiceMessageName, named?: string): Refusal;
/** Refuses what breaks a rule of the contract: in the service's words where they are known for the rule, else in the contract's. */
export declare function refuseBroken({ rule, message }: Finding): Refusal;
export declare function isRefusal(value: object): value is Refusal;
