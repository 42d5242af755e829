import { type JsonObject, type WireResponse } from '../protocol/index.ts';
/** A service with states: where it answers, and where Pact's verifier asks for a state. */
export interface StatefulService extends AsyncDisposable {
    readonly url: string;
    readonly statesUrl: string;
}
/** Where states are asked for; no StartTask goes to such a path. */
export declare const STATES_PATH = "/_states";
/**
 * Starts the embedded provider.
 *
 * @param spoil changes its responses: how tests plant faults in it
 */
export declare function startEmbeddedProvider(spoil?: (response: WireResponse) => WireResponse): Promise<StatefulService>;
/** What Pact's verifier posts; `undefined` when it takes a state down, which needs nothing here. */
export declare function readStateRequest(body: Uint8Array): {
    name: string;
    params: JsonObject;
} | undefined;
