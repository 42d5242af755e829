/** One exchange of any outcome, composed from what is documented. */
import { type Outcome } from '../contract/index.ts';
import { type Exchange, type JsonObject } from '../protocol/index.ts';
/** What an exchange is composed for. */
export interface Composition {
    /** The body of the request; without one, a request of two container instances. */
    request?: JsonObject | undefined;
    outcome: Outcome['kind'];
    /**
     * Why, where the outcome leaves it open: failure reasons for the container instances in turn, of which the last holds for all that follow;
     * the name of an error; or what came instead of a response. Without any, the first that comes to mind.
     */
    reasons?: readonly string[];
    /** What failures say besides their reason. */
    detail?: string | undefined;
    /** The status of a rejection, where its error was seen with several. */
    status?: number | undefined;
    /** What a rejection says; without it what users saw of it, or what it means. */
    message?: string | undefined;
}
/** An exchange with what it was told that no documentation has. */
export interface Composed {
    exchange: Exchange;
    /** Failure reasons that are documented nowhere. */
    undocumented: string[];
}
/**
 * Composes an exchange: the same for the same composition. Throws `usage` for what does not go together: a reason for a success, an error
 * that the catalogue does not have, a partial response to a request of one container instance.
 */
export declare function composeExchange(composition: Composition): Composed;
